"""Reviewers decide about renewals: the oldest first, never their own, and the first of two decides."""

import re
from html import unescape

import pytest

from cases.models import Proposal
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from renewals.models import Application, Decision
from renewals.services import decide_application
from staff.decisions import decide_case
from staff.renewals.actions import ROOM
from tests import factories
from tests.cast import member
from tests.reading import state_of, text_of
from tests.renewals import scenes as steps
from tests.renewals.decided import approve_application, deny_application, return_application
from tests.staff.scenes import (
    DAY,
    QUEUE,
    WORDS,
    another_waiting,
    confirm,
    decide,
    mail_sent,
    page,
    rows_of,
    seen,
    ten_minutes_later,
)
from trainers.models import Cycle

pytestmark = pytest.mark.django_db


def test_the_queue_of_renewals_lists_the_oldest_first_with_the_result_of_its_checks(waiting, reviewer, desk):
    older = another_waiting("20000002", "2027-03-01", name="Early Bird")
    short = another_waiting("20000003", "2027-03-02 15:00", name="Missing One")
    short.cycle.claimed_records.filter(category="cpr_aed").update(state="rejected")
    rows = rows_of(desk(reviewer))
    assert rows == [older, waiting, short]
    assert [bool(row.missing) for row in rows] == [False, False, True]


def test_the_queue_of_renewals_reads_all_records_in_one_query(
    waiting, reviewer, desk, django_assert_num_queries
):
    client = desk(reviewer)
    for number in range(20_000_002, 20_000_008):
        another_waiting(str(number))
    client.get(QUEUE)
    with django_assert_num_queries(8):  # three of who asks, and five of the list
        assert len(rows_of(client)) == 7


def test_an_empty_queue_of_renewals_says_so(reviewer, desk):
    assert "Nothing is here" in desk(reviewer).get(QUEUE).content.decode()


def test_the_review_of_a_renewal_shows_facts_fees_evidence_and_history(waiting, reviewer, desk):
    text = desk(reviewer).get(page("review", waiting)).content.decode()
    files = [
        one.document_id for record in waiting.cycle.claimed_records.all() for one in record.evidence.all()
    ]
    assert len(files) == 3
    assert all(f"doc={pk}&" in unescape(text) for pk in files)
    for words in (
        "Jordan Rivera",
        "1193 4482",
        "$99.00",
        "paid",
        "Met",
        "2.0 of 2.0",
        "sent this renewal",
        waiting.reference,
    ):
        assert words in text


def test_approving_a_renewal_shows_the_next_case_and_the_cycle_starts_when_it_takes_effect(
    waiting, reviewer, desk
):
    later = another_waiting("20000002", "2027-03-02 13:00")
    client = desk(reviewer)
    response = decide(client, "approve", waiting)
    assert response["Location"] == page("review", later)
    ten_minutes_later(waiting)
    assert (waiting.state, waiting.decided_by) == ("approved", reviewer)
    assert Cycle.objects.filter(credential=waiting.cycle.credential, starts_on="2027-03-15").count() == 1
    assert Notice.objects.filter(kind="renewals.renewed", trainer=waiting.trainer).count() == 1
    last = decide(client, "approve", later)
    assert last["Location"] == QUEUE


def test_after_a_decision_a_reviewer_is_not_redirected_to_their_own_renewal(waiting, jordan, desk, reviewer):
    own = another_waiting("20000002", name="Robin Reviewer")
    Application.objects.filter(pk=own.pk).update(trainer=reviewer)
    response = decide(desk(reviewer), "approve", waiting)
    assert response["Location"] == QUEUE


def test_opening_the_confirm_page_of_a_renewal_decision_decides_nothing(waiting, reviewer, desk):
    for name in ("approve", "return", "deny"):
        assert desk(reviewer).get(page(name, waiting)).status_code == 200
    assert state_of(waiting) == "in_review"


def test_returning_a_renewal_tells_the_trainer_what_to_correct(waiting, reviewer, desk):
    decide(desk(reviewer), "return", waiting, {"reason_code": "certificate"})
    ten_minutes_later(waiting)
    assert waiting.state == "returned"
    assert (
        waiting.returned_reason == "We cannot read one of your certificates. Send a new photo or scan of it."
    )
    assert str(waiting.correct_through) == "2027-04-01"
    assert Decision.objects.get().reason_code == "certificate"


def test_denying_a_renewal_stores_the_reason(waiting, reviewer, desk):
    answers = {"reason_code": "other", "words": "You told us that you moved abroad."}
    decide(desk(reviewer), "deny", waiting, answers)
    ten_minutes_later(waiting)
    assert (waiting.state, waiting.end_reason) == ("denied", "You told us that you moved abroad.")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Choose a reason."),
        ({"reason_code": "nonsense", "words": "x"}, "Choose a reason."),
        ({"reason_code": "other", "words": "  "}, "Write the reason. The trainer will read it"),
        ({"reason_code": "other", "words": "x" * 2001}, "Use 2000 characters or fewer."),
        ({"reason_code": "other", "words": "a\x00b"}, "Take out the hidden characters"),
    ],
)
@pytest.mark.parametrize("name", ["return", "deny"])
def test_returning_or_denying_a_renewal_without_a_reason_is_refused_at_its_field(
    waiting, reviewer, desk, name, answers, sentence
):
    client = desk(reviewer)
    response = client.post(page(name, waiting), answers | seen(client, name, waiting))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert state_of(waiting) == "in_review"


def test_a_renewal_that_lacks_a_requirement_cannot_be_approved(waiting, reviewer, desk):
    waiting.cycle.claimed_records.filter(category="cpr_aed").update(state="rejected")
    client = desk(reviewer)
    response = client.post(page("approve", waiting), seen(client, "approve", waiting))
    assert response.status_code == 422
    assert "CPR and AED" in response.content.decode()
    assert state_of(waiting) == "in_review"


def test_a_reviewer_cannot_decide_their_own_renewal(waiting, jordan, desk):
    jordan.is_staff = True
    jordan.save()
    jordan.groups.add(*member("Rita Reviewer", "lead").groups.all())
    client = desk(jordan)
    review = client.get(page("review", waiting)).content.decode()
    assert "Somebody else must decide about it" in review
    assert page("approve", waiting) not in review
    assert "Your own: somebody else decides" in client.get(QUEUE).content.decode()
    for name in ("approve", "return", "deny"):
        response = client.post(page(name, waiting), WORDS | seen(client, name, waiting))
        assert response.status_code == 422
        assert "Somebody else must decide" in response.content.decode()
    assert state_of(waiting) == "in_review"


DECISIONS = {
    "approved": lambda application, by: approve_application(application, by=by, at=steps.moment(DAY)),
    "returned": lambda application, by: return_application(
        application, by=by, at=steps.moment(DAY), reason="Name?"
    ),
    "denied": lambda application, by: deny_application(
        application, by=by, at=steps.moment(DAY), reason="No."
    ),
}


@pytest.mark.parametrize("first", DECISIONS)
@pytest.mark.parametrize("name", ["approve", "return", "deny"])
def test_the_second_of_two_reviewers_sees_who_decided_first(waiting, reviewer, lead, desk, first, name):
    client = desk(reviewer)
    unseen = seen(client, name, waiting)
    DECISIONS[first](waiting, lead)
    before = HistoryEntry.objects.count()
    response = client.post(page(name, waiting), WORDS | unseen)
    assert response.status_code == 422
    assert (
        f"Lee Lead {first} this renewal before you. Nothing was changed by you." in response.content.decode()
    )
    assert HistoryEntry.objects.count() == before


@pytest.mark.parametrize("name", ["approve", "return", "deny"])
def test_a_reviewer_who_opens_a_decided_renewal_sees_which_colleague_decided(
    waiting, reviewer, lead, desk, name
):
    decide_application(waiting, verdict="deny", by=lead, at=steps.moment(DAY), words="No.")
    client = desk(reviewer)
    response = client.post(page(name, waiting), WORDS | seen(client, name, waiting))
    assert response.status_code == 422
    assert "Lee Lead has decided this already. Take that decision back first." in response.content.decode()


def test_the_second_of_two_reviewers_with_the_page_open_is_refused_with_the_name_of_the_first(
    waiting, reviewer, lead
):
    """The page saw nothing newer, and the service finds the work done."""
    approve_application(waiting, by=lead, at=steps.moment(DAY))
    for verdict in Decision.Verdict:
        with pytest.raises(Refusal, match="Lee Lead approved this renewal"):
            decide_case(ROOM, waiting, verdict, by=reviewer, said={"words": "No."})


def test_a_double_click_on_approving_a_renewal_makes_one_decision(waiting, reviewer, desk):
    client = desk(reviewer)
    confirmed = seen(client, "approve", waiting) | {"confirmed": "yes"}
    answers = [client.post(page("approve", waiting), confirmed).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("unseen", ["", "x", "-1", "9" * 40])
def test_a_decision_with_a_forged_newest_history_value_is_refused(waiting, reviewer, desk, unseen):
    response = desk(reviewer).post(page("approve", waiting), {"seen": unseen})
    assert response.status_code == 422
    assert state_of(waiting) == "in_review"


def test_two_leads_can_reopen_a_denied_renewal_with_a_reason(waiting, reviewer, lead, second_lead, desk):
    deny_application(waiting, by=reviewer, at=steps.moment(DAY), reason="No.")
    assert desk(reviewer).get(page("reopen", waiting)).status_code == 403
    client = desk(lead)
    assert client.post(page("reopen", waiting), seen(client, "reopen", waiting)).status_code == 422
    client.post(page("reopen", waiting), {"reason": "We misread it."} | seen(client, "reopen", waiting))
    assert state_of(waiting) == "denied"
    shown = confirm(desk(second_lead), f"/staff/cases/proposal/{Proposal.objects.get().pk}/confirm/")
    assert "Why: We misread it." in shown.text
    assert shown.text == mail_sent("renewals.reopened").text
    assert state_of(waiting) == "in_review"


def test_a_bulk_approval_asks_for_confirmation_with_the_number_of_renewals(waiting, reviewer, desk):
    short = another_waiting("20000002")
    short.cycle.claimed_records.filter(category="cpr_aed").update(state="rejected")
    draft = factories.ApplicationFactory()
    done = another_waiting("20000003")
    approve_application(done, by=reviewer, at=steps.moment(DAY))
    chosen = {
        "action": "approve_these",
        "_selected_action": [one.pk for one in (waiting, short, draft, done)],
    }
    client = desk(reviewer)
    asked = client.post("/staff/renewals/application/", chosen)
    words = text_of(asked)
    assert f"It applies to 1 of 4: {short.reference} needs a look (" in words
    assert f"{draft.reference} does not wait for us (being prepared)" in words
    assert f"{done.reference} has ended" in words
    assert state_of(waiting) == "in_review"
    told = client.post("/staff/renewals/application/", chosen | {"confirmed": "yes"}, follow=True)
    assert "1 of 4 approved. You can undo each for a few minutes. Left as they were: " in text_of(told)
    ten_minutes_later(waiting)
    assert Application.objects.filter(state="approved").count() == 2


def test_a_bulk_approval_by_staff_who_may_only_read_changes_nothing(waiting, onlooker, desk):
    chosen = {"action": "approve_these", "_selected_action": [waiting.pk], "confirmed": "yes"}
    answer = desk(onlooker).post("/staff/renewals/application/", chosen)
    assert answer.status_code == 302  # to the list again, which offers no such action
    assert "approve_these" not in desk(onlooker).get(QUEUE).content.decode()
    assert state_of(waiting) == "in_review"


def test_selecting_all_rows_of_the_list_confirms_exactly_the_rows_that_the_page_names(
    waiting, reviewer, desk
):
    another = another_waiting("20000002")
    chosen = {"action": "approve_these", "_selected_action": [waiting.pk], "select_across": "1"}
    asked = desk(reviewer).post("/staff/renewals/application/", chosen)
    assert "It applies to 2 of 2." in asked.content.decode()
    keys = re.findall(r'name="_selected_action" value="(\d+)"', asked.content.decode())
    assert sorted(map(int, keys)) == sorted([waiting.pk, another.pk])
