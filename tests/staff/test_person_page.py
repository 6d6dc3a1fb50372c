"""The page of a trainer, made for answering the telephone: standing, waiting cases, history, and
possible actions.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.history import record_history
from core.models import HistoryEntry
from outbox.models import Notice
from renewals.pages.home import home_of
from staff.actions import ActionLink
from staff.trainers.doing import person_actions
from staff.trainers.timeline import SHOWN
from tests import factories
from tests.cast import member
from tests.petitions import scenes as petitions
from tests.reading import text_of
from tests.renewals import scenes as renewals
from trainers.lookups import cycle_of
from trainers.services import suspend_credential
from trainers.services.registrar import change_email

pytestmark = pytest.mark.django_db
OWN_QUERIES = 4  # with the counts of the tabs; beside the session, the viewer and their permissions
DAYS = ("2026-06-01", "2027-03-02", "2027-03-14", "2027-04-01", "2027-09-01", "2029-01-01")


def page_of(person, **query):
    return f"{reverse('admin:trainers_trainer_change', args=[person.pk])}{'?' if query else ''}" + "&".join(
        f"{name}={value}" for name, value in query.items()
    )


def shown(desk, viewer, person, **query):
    return desk(viewer).get(page_of(person, **query)).context["page"]


@pytest.mark.parametrize("today", DAYS)
def test_the_person_page_shows_the_same_status_tasks_and_prices_as_home(
    jordan, reviewer, desk, clock_at, today
):
    clock_at(today)
    factories.everything_met(jordan, education=150)
    page = shown(desk, reviewer, jordan)
    home = home_of(cycle_of(jordan), today=clock.today("America/Phoenix"))
    assert page.standing.state == home.state
    assert page.standing.tasks == home.tasks
    assert [(one.amount, one.through) for one in page.standing.prices] == [
        ("$99", "March 14, 2027"),
        ("$129", "June 12, 2027"),
        ("$149", "March 13, 2028"),
    ]
    words = text_of(desk(reviewer).get(page_of(jordan)))
    assert home.state.heading in words
    assert "$30 late fee (S6)" in words


@pytest.mark.parametrize(
    ("today", "education", "said"),
    [
        ("2026-06-01", 150, "You can renew from September 15, 2026 for $99."),
        ("2027-03-02", 190, "You can renew today for $99. It stays so through March 14, 2027."),
        ("2027-03-02", 150, "You can finish courses through June 12, 2027. It then costs $129."),
        ("2027-09-01", 150, "The last day to finish courses was June 12, 2027."),
        ("2029-01-01", 190, "You can no longer renew. The last day was March 13, 2028."),
    ],
)
def test_the_person_page_suggests_a_sentence_to_say_that_fits_the_day(
    jordan, reviewer, desk, clock_at, today, education, said
):
    clock_at(today)
    factories.everything_met(jordan, education=education)
    assert shown(desk, reviewer, jordan).standing.to_say.startswith(said)


def test_the_person_page_offers_each_role_only_the_actions_that_it_may_do(
    jordan, reviewer, lead, registrar, finance, read_only, desk
):
    def offered(viewer) -> list[str]:
        return [link.label for group in shown(desk, viewer, jordan).actions for link in group.links]

    assert offered(reviewer) == ["I know this person…", "Extend a last day…", "Ask what if…"]
    assert offered(read_only) == ["Ask what if…"]
    assert offered(registrar)[:3] == ["Change the name…", "Change the email…", "Change the time zone…"]
    assert {"Suspend…", "Revoke…", "Erase the data…"} <= set(offered(lead))
    assert "Refund a payment…" in offered(finance)
    assert not {"Suspend…", "Change the name…"} & set(offered(finance))
    for viewer in (reviewer, lead, registrar, finance):
        client = desk(viewer)
        for group in client.get(page_of(jordan)).context["page"].actions:
            for link in group.links:
                assert client.get(link.url).status_code == 200, link


def test_links_to_actions_on_the_person_page_end_with_an_ellipsis(jordan, root, desk):
    for group in shown(desk, root, jordan).actions:
        assert all(link.label.endswith("…") for link in group.links)


def test_an_unknown_group_of_person_actions_raises_an_error():
    with pytest.raises(ValueError, match="no group of actions is called elsewhere"):
        person_actions("elsewhere", 1)(lambda _: [ActionLink("Do it…", "/")])


def test_posting_to_the_person_page_is_forbidden_and_saves_nothing(jordan, root, desk):
    assert desk(root).post(page_of(jordan), {"name": "Other"}).status_code == 403
    jordan.refresh_from_db()
    assert jordan.name == "Jordan Rivera"


def test_a_trainer_and_a_visitor_cannot_open_the_person_page(jordan, stranger, signed_in):
    assert signed_in(stranger).get(page_of(jordan)).status_code == 404
    assert signed_in(jordan).get(page_of(jordan)).status_code == 404
    assert Client().get(page_of(jordan)).status_code == 302


@pytest.mark.parametrize("key", ["0", "x", "9" * 40, "-1"])
def test_the_page_of_a_nonexistent_person_gives_404(root, desk, key):
    assert desk(root).get(f"/staff/trainers/trainer/{key}/change/").status_code == 404


def test_the_person_page_shows_nothing_of_another_trainer(jordan, stranger, reviewer, desk, clock_at):
    clock_at("2027-03-02")
    factories.CeuRecordFactory(credential=stranger.credentials.get(), title="Swimming for strangers")
    petitions.unpaid(stranger, at=clock.now(), title="A stranger's own course")
    words = text_of(desk(reviewer).get(page_of(jordan)))
    assert "trangers" not in words
    assert "stranger" not in words.lower()


@pytest.fixture
def busy(jordan, reviewer, registrar, clock_at):
    """Jordan with a petition in hand, a paid renewal, mails and a change of address."""
    clock_at("2027-03-02")
    factories.everything_met(jordan)
    change_email(  # told in the timeline
        jordan,
        email="rivera@example.org",
        by=registrar,
        at=clock.now(),
        reason="Jordan called from the old number.",
    )
    petitions.unpaid(jordan, at=clock.now(), title="Coaching outdoors")
    renewals.renew(jordan, "2027-03-02")
    Notice.objects.filter(trainer=jordan, state="due").update(
        state="sent", ended_at=clock.now(), title="A mail of ours"
    )
    jordan.refresh_from_db()
    return jordan


def test_the_timeline_of_a_person_shows_every_event_with_who_did_it_and_why(
    busy, reviewer, desk, monkeypatch
):
    monkeypatch.setattr("staff.trainers.timeline.SHOWN", 200)
    words = text_of(desk(reviewer).get(page_of(busy)))
    assert "Rae Registrar changed the email address: jordan@example.org → rivera@example.org" in words
    assert "Why: Jordan called from the old number." in words
    assert "We sent the mail “A mail of ours”" in words
    assert "(“Coaching outdoors”)" in words


def test_no_line_of_the_timeline_contains_a_model_or_field_name(busy, reviewer, desk):
    for line in shown(desk, reviewer, busy).timeline.lines:
        text = f"{line.kind} {line.sentence}".lower()
        assert not [
            word
            for word in ("ceurecord", "credential", "application", "_", "none")
            if word in text.split(">")[-1]
        ]


@pytest.mark.parametrize(
    ("show", "kinds"),
    [
        ("money", {"Money"}),
        ("mail", {"Mail"}),
        ("decisions", {"Renewal", "Petition", "Audit", "Decision", "Account", "Certification", "Name"}),
    ],
)
def test_a_filter_of_the_timeline_shows_only_its_kinds_of_events(busy, reviewer, desk, show, kinds):
    timeline = shown(desk, reviewer, busy, show=show).timeline
    assert {line.kind for line in timeline.lines} <= kinds
    assert timeline.lines
    assert [label for _, label, chosen in timeline.chips if chosen] == [show.capitalize()]


def test_a_long_timeline_is_paginated_with_the_month_of_the_first_row_as_heading(
    jordan, reviewer, desk, clock_at
):
    clock_at("2027-03-02")
    before = HistoryEntry.objects.filter(trainer=jordan).count()
    with transaction.atomic():
        for number in range(60):
            at = clock.now() - timedelta(days=number)
            record_history(jordan, "reminders_on", trainer=jordan, by=jordan, at=at)
    total = before + 60
    pages = [shown(desk, reviewer, jordan, page=one).timeline for one in range(1, total // SHOWN + 2)]
    assert sum(len(one.lines) for one in pages) == total
    assert [one.earlier for one in pages[:2]] == [total - SHOWN, total - 2 * SHOWN]
    assert (pages[-1].earlier, pages[0].later_query, pages[1].earlier_query) == (0, "", "?page=3")
    words = text_of(desk(reviewer).get(page_of(jordan)))
    assert f"Earlier: {total - SHOWN} more, back to" in words
    moments = [line.at for one in pages for line in one.lines]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize(
    "query", [{"show": "%00x"}, {"page": "9" * 9}, {"page": "-1"}, {"page": "٣"}, {"show": "all"}]
)
def test_invalid_timeline_parameters_cause_no_server_error(jordan, reviewer, desk, query):
    answer = desk(reviewer).get(page_of(jordan, **query))
    assert answer.status_code in (200, 400)


def test_the_person_page_says_what_each_open_case_waits_for(busy, reviewer, desk):
    cases = {case.what: case for case in shown(desk, reviewer, busy).cases}
    assert "Petition: Coaching outdoors" in cases
    assert cases["Petition: Coaching outdoors"].left == "not paid yet"


def test_every_list_link_on_the_person_page_shows_only_that_persons_rows(busy, stranger, root, desk):
    petitions.unpaid(stranger, at=clock.now(), title="A stranger's own course")
    client = desk(root)
    links = [url for one in client.get(page_of(busy)).context["page"].lists for _, url in one.links]
    assert len(links) >= 5
    for url in links:
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Sam Stranger" not in text_of(answer), url
        assert "Jordan" in answer.content.decode(), url


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "1'"])
def test_a_list_filtered_to_a_nonexistent_person_is_empty(jordan, root, desk, key):
    answer = desk(root).get(f"{reverse('admin:trainers_cycle_changelist')}?of={key}")
    assert answer.status_code == 200
    assert answer.context["cl"].result_count == 0


def test_the_person_page_uses_the_same_number_of_queries_for_any_amount_of_data(
    jordan, reviewer, desk, clock_at
):
    clock_at("2027-03-02")
    client = desk(reviewer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(page_of(jordan)).status_code == 200
        return (
            len([one for one in found if "auth_permission" not in one["sql"] and "session" not in one["sql"]])
            - 1
        )

    few = queries()
    for number in range(40):
        factories.CeuRecordFactory(credential=jordan.credentials.get(), title=f"Course {number}")
    assert queries() == few <= OWN_QUERIES


def test_the_person_page_of_a_suspended_trainer_says_so_and_offers_to_reinstate(jordan, lead, desk, clock_at):
    clock_at("2027-03-02")
    credential = jordan.credentials.get()
    suspend_credential(
        credential, by=lead, at=clock.now(), on=clock.today("America/Phoenix"), reason="Under review."
    )
    page = shown(desk, lead, jordan)
    assert page.standing.state.tag == "Not active"
    assert page.standing.prices == ()
    assert "Reinstate…" in [link.label for group in page.actions for link in group.links]
    assert "suspended" in str(page.timeline.lines[0].sentence)


def test_a_colleague_without_a_certification_has_a_person_page(root, desk):
    colleague = member("Nia New", "reviewer")
    words = text_of(desk(root).get(page_of(colleague)))
    assert "A colleague without a certification" in words
    assert "works here: reviewer" in words


def test_a_registrar_is_offered_no_action_on_the_person_page_of_a_colleague(registrar, reviewer, desk):
    assert shown(desk, registrar, reviewer).actions == []


def test_the_person_page_lists_earlier_cycles_with_how_they_ended(jordan, reviewer, desk, clock_at):
    clock_at("2027-03-02")
    factories.everything_met(jordan)
    renewals.renew(jordan, "2027-03-02")
    cycles = shown(desk, reviewer, jordan).lists[0]
    assert [(row.name, row.fact) for row in cycles.rows] == [
        ("2027–2029", "0.0 of 2.0 CEUs"),
        ("2025–2027", "renewed"),
    ]
