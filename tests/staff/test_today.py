"""The first page counts what waits, in few queries; the policy page shows the figures in force;
every page asks for its permission.
"""

from html import unescape

import pytest
from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse

from cases.services.assigning import take_case
from outbox.models import Heartbeat
from payments.models import ProviderEvent
from rules.policy.load import load_policy
from staff.first_page import work_for
from staff.today import QueueSummary
from tests import factories
from tests.audits.scenes import an_audit
from tests.cast import colleague, member
from tests.petitions import scenes as stage
from tests.renewals.scenes import moment
from tests.staff.scenes import DAY, another_waiting, notice

pytestmark = pytest.mark.django_db


def queues(client) -> dict[str, int]:
    return {queue.label: queue.count for queue in client.get("/staff/").context["queues"]}


def test_the_today_page_counts_the_waiting_cases_of_each_queue(waiting, stranger, lead, desk):
    another_waiting("20000002")
    ProviderEvent.objects.create(
        event_id="evt_1",
        type="checkout",
        payload={},
        received_at=factories.LONG_AGO,
        state="parked",
        note="Amount",
    )
    notice(stranger, "failed")
    notice(stranger, "sent")
    assert queues(desk(lead)) == {
        "Renewals waiting": 2,
        "Not paid yet": 0,
        "Corrections awaited": 0,
        "Renewals decided, pending": 0,
        "Petitions waiting": 0,
        "Petitions late": 0,
        "Decisions pending": 0,
        "Audits waiting": 0,
        "More time asked for": 0,
        "Audits for a lead": 0,
        "Audits closed, pending": 0,
        "Payments to match": 1,
        "Fraud warnings": 0,
        "Disputes to answer": 0,
        "Payouts that differ": 0,
        "Fees that went back": 0,
        "Fees gone after approval": 0,
        "Fees here again": 0,
        "Refunds to approve": 0,
        "Refunds that failed": 0,
        "More time and waivers asked for": 0,
        "More time and waivers proposed": 0,
        "Courses asked for": 0,
        "Decisions about courses pending": 0,
        "Messages that failed": 1,
        "Addresses that take no mail": 0,
    }


PENDING = {  # the label of the pending ones, and of those that something stopped
    "Decisions pending": "Decisions pending, not in effect",
    "Renewals decided, pending": "Renewals decided, not in effect",
    "Audits closed, pending": "Audits closed, not in effect",
}


def decide_each(waiting, stranger, reviewer, **more) -> None:
    """A pending decision of each kind, of 12:00, which should have taken effect at 12:10."""
    petition = stage.submitted(stranger, at=moment(DAY))
    audit = an_audit(another_waiting("20000002").cycle, state="sent", sent_at=moment(DAY))
    made = {"by": reviewer, "decided_at": moment(DAY), "effective_at": moment(f"{DAY} 12:10")} | more
    petition.decisions.create(verdict="approve", hundredths=40, **made)
    waiting.decisions.create(verdict="approve", **made)
    audit.decisions.create(verdict="pass", **made)


@pytest.mark.parametrize(("now", "late"), [("12:09", 0), ("12:15:00", 0), ("12:15:01", 1)])
def test_a_decision_not_in_effect_5_minutes_after_its_time_is_late(
    waiting, stranger, reviewer, root, desk, clock_at, now, late
):
    decide_each(waiting, stranger, reviewer)
    clock_at(f"{DAY} {now}")
    shown = {queue.label: queue for queue in desk(root).get("/staff/").context["queues"]}
    for label, not_in_effect in PENDING.items():
        found = shown[label]
        assert (found.count, found.late, found.oldest) == (1, late, moment(DAY)), label
        assert not_in_effect not in shown


def test_a_decision_that_failed_to_take_effect_is_listed_once_as_late_since_the_failure(
    waiting, stranger, reviewer, root, desk, clock_at
):
    since = moment(f"{DAY} 12:11")
    decide_each(waiting, stranger, reviewer, stuck_at=since, stuck_reason="It counts already.")
    clock_at(f"{DAY} 13:00")
    shown = {queue.label: queue for queue in desk(root).get("/staff/").context["queues"]}
    for label, not_in_effect in PENDING.items():
        assert (shown[label].count, shown[label].late) == (1, 0), label
        found = shown[not_in_effect]
        assert (found.count, found.late, found.oldest) == (1, 1, since), not_in_effect


def test_the_today_page_shows_only_queues_that_the_user_may_see(waiting, desk):
    assert queues(desk(member("Casey Catalogue", permissions=("view_course",)))) == {}


@pytest.mark.parametrize(
    ("role", "queries"), [("root", 9), ("lead", 10), ("reviewer", 10), ("finance", 7), ("read_only", 7)]
)
def test_the_today_page_uses_few_queries_for_any_number_of_queues(
    waiting, desk, django_assert_num_queries, role, queries
):
    client = desk(colleague(role))
    with django_assert_num_queries(queries):
        client.get("/staff/")


def test_a_queue_stops_counting_above_the_cap_and_still_names_its_oldest_case(
    jordan, root, desk, clock_at, monkeypatch
):
    clock_at(DAY)
    for day in range(1, 5):
        another = {"event_id": f"evt_{day}", "type": "checkout", "payload": {}, "note": "Amount"}
        ProviderEvent.objects.create(**another, received_at=moment(f"2027-02-0{day}"), state="parked")
    monkeypatch.setattr("staff.counting.CAP", 2)
    shown = {queue.label: queue for queue in desk(root).get("/staff/").context["queues"]}
    found = shown["Payments to match"]
    assert (found.count, found.late, found.oldest) == (3, 3, moment("2027-02-01"))


def test_the_today_page_lists_each_case_once_and_late_ones_first(waiting, stranger, reviewer, desk, clock_at):
    petition = stage.submitted(stranger, at=moment("2027-02-01"))
    clock_at("2027-03-05")
    shown = desk(reviewer).get("/staff/").context
    assert [(one.reference, one.left) for one in shown["late"]] == [
        (petition.reference, "Late: 14 business days")
    ]
    assert [(one.reference, one.who, one.left) for one in shown["waiting"]] == [
        (waiting.reference, "Jordan Rivera", "7 business days")
    ]
    assert shown["first"].url == reverse("admin:petitions_petition_review", args=[petition.pk])
    assert shown["summary"] == "1 late, 1 not assigned"


def test_the_today_page_lists_only_queue_names_for_cases_that_the_user_cannot_decide(waiting, onlooker, desk):
    shown = desk(onlooker).get("/staff/").context
    assert (shown["late"], shown["waiting"], shown["first"]) == ([], [], None)
    assert [queue.label for queue in shown["others"]["Reviewers"]] == ["Renewals waiting"]


def test_a_taken_case_is_on_its_reviewers_today_page_and_not_on_anyone_elses(
    waiting, reviewer, second_reviewer, desk
):
    before = desk(second_reviewer).get("/staff/").context["waiting"]
    assert [one.reference for one in before] == [waiting.reference]
    take_case(waiting, by=reviewer, at=moment(f"{DAY} 12:00"))
    mine = desk(reviewer).get("/staff/").context
    assert [one.reference for one in mine["yours"]] == [waiting.reference]
    assert (mine["waiting"], mine["summary"]) == ([], "1 of yours")
    assert work_for(second_reviewer) == []


def test_the_today_page_lists_a_colleagues_case_separately_only_when_it_is_late(
    waiting, reviewer, second_reviewer, desk, clock_at
):
    take_case(waiting, by=second_reviewer, at=moment(f"{DAY} 12:00"))
    assert desk(reviewer).get("/staff/").context["elsewhere"] == []
    clock_at("2027-04-05")
    shown = desk(reviewer).get("/staff/").context
    assert [(one.reference, one.assignee, one.step) for one in shown["elsewhere"]] == [
        (waiting.reference, second_reviewer.name, "Assign…")
    ]
    assert (shown["late"], shown["first"], shown["summary"]) == ([], None, "no case waits for you")
    assert [one.reference for one in desk(second_reviewer).get("/staff/").context["late"]] == [
        waiting.reference
    ]


def test_the_today_page_never_offers_a_user_their_own_case(waiting, jordan, root):
    jordan.is_superuser = True
    assert work_for(jordan) == []
    assert [one.reference for one in work_for(root)] == [waiting.reference]


def test_the_today_page_says_when_the_scheduler_last_ran(waiting, root, desk, clock_at):
    Heartbeat.objects.create(part="scheduler", at=moment(f"{DAY} 11:58"))
    clock_at(f"{DAY} 12:00")
    page = desk(root).get("/staff/").content.decode()
    assert "Schedule: ran 2 minutes ago" in page
    assert "Mail: none failed" in page


def test_every_queue_on_the_today_page_links_to_its_list(waiting, root, desk):
    client = desk(root)
    for queue in client.get("/staff/").context["queues"]:
        assert client.get(queue.url).status_code == 200


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (999, "999"), (1_000, "more than 999"), (2_000, "more than 999")],
)
def test_a_queue_count_above_the_cap_is_shown_as_more_than_the_cap(count, words):
    assert QueueSummary("Work", count, "/", "Do it").count_words == words


def test_the_policy_page_shows_every_figure_with_its_clause(onlooker, desk, clock_at):
    clock_at("2027-03-02")
    text = unescape(desk(onlooker).get(reverse("admin:policy")).content.decode())
    policy = load_policy()
    figures = policy.versions[-1].figures()
    assert len(figures) > 10
    for figure in figures:
        assert figure.label in text
        assert figure.clause in text


def test_the_admins_password_page_redirects_to_the_portals_own(root, desk):
    response = desk(root).get(reverse("admin:password_change"))
    assert response["Location"] == reverse("account_change_password")


def own_pages() -> list[str]:
    """Return the names of the pages that Django's admin does not have itself."""
    brought = {"changelist", "add", "history", "delete", "change"}
    patterns = [p for p in admin.site.urls[0] if not isinstance(p, URLPattern)]
    found = [
        entry.name
        for resolver in patterns
        for entry in resolver.url_patterns
        if isinstance(entry, URLPattern)
    ]
    return sorted(name for name in found if name and name.rsplit("_", 1)[1] not in brought)


def test_every_custom_admin_page_requires_its_permission(waiting, jordan, desk):
    nobody = desk(member("Norah Nobody"))
    pages = own_pages()
    assert len(pages) >= 14
    reverse_dict = get_resolver().namespace_dict["admin"][1].reverse_dict
    known = {"object_id": jordan.pk, "kind": "account.code", "state": "login-code"}
    for name in pages:
        asked = str(reverse_dict.getlist(name))
        address = reverse(
            f"admin:{name}", kwargs={part: known[part] for part in known if f"%({part})s" in asked}
        )
        assert nobody.get(address).status_code == 403, name
        assert nobody.post(address).status_code == 403, name


def test_the_staff_site_answers_a_trainer_with_404(jordan, signed_in):
    for address in (
        "/staff/",
        "/staff/policy/",
        "/staff/renewals/application/waiting/",
        "/staff/trainers/trainer/",
    ):
        assert signed_in(jordan).get(address).status_code == 404


def test_the_staff_site_redirects_staff_without_a_second_factor(root, signed_in):
    for address in ("/staff/", "/staff/trainers/trainer/", "/staff/renewals/application/waiting/"):
        assert signed_in(root, second_factor=False).get(address).status_code == 302
