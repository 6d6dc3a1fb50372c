"""Undo on the staff side: not of a colleague's decision; at the moment of its effect, whoever comes
first decides.
"""

import pytest
from django.urls import reverse

from audits import services as audits
from cases.decisions import PendingDecision
from petitions import services as petitions
from renewals import services as renewals
from tests import factories
from tests.audits import scenes as audit_scenes
from tests.petitions import scenes as petition_scenes
from tests.reading import state_of, text_of

RELEASE = {
    "audits": audits.release_audit_decision,
    "petitions": petitions.release_petition_decision,
    "renewals": renewals.release_renewal_decision,
}
in_every_room = pytest.mark.parametrize("room", sorted(RELEASE))


@pytest.fixture
def pending(request, room, reviewer, jordan, clock_at) -> PendingDecision:
    """The decision of Robin, who reviews, in this room."""
    if room == "renewals":
        waiting = request.getfixturevalue("waiting")
        at = clock_at("2027-03-02 12:00")
        return renewals.decide_application(waiting, verdict="deny", by=reviewer, at=at, words="No.")
    if room == "petitions":
        at = clock_at("2027-01-20 12:00")
        petition = petition_scenes.submitted(jordan, at=at)
        return petitions.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    factories.everything_met(jordan)
    audit = audit_scenes.sent(jordan)
    audit_scenes.judge(audit, reviewer, verdict="refused", words="Another course.")
    at = clock_at("2027-01-05 12:00")
    return audits.close_audit(audit, verdict="fail", by=reviewer, at=at, words="No.")


@pytest.fixture(autouse=True)
def _draw_periods(db, room) -> None:
    """Every cycle is chosen where an audit is needed."""
    audit_scenes.open_periods(rate="1" if room == "audits" else "0")


def undo(decision: PendingDecision) -> str:
    return reverse(f"admin:{decision._meta.app_label}_decision_undo", args=[decision.pk])


@in_every_room
def test_a_decision_can_be_undone_by_its_author_or_a_lead_but_not_by_another_colleague(
    room, pending, second_reviewer, lead, desk
):
    answer = desk(second_reviewer).post(undo(pending))
    assert answer.status_code == 422
    assert "Only the person who decided, or a lead, can take it back." in text_of(answer)
    assert state_of(pending) == "pending"
    assert desk(lead).post(undo(pending)).status_code == 302
    assert state_of(pending) == "taken_back"


@in_every_room
def test_a_decision_that_took_effect_in_the_same_second_cannot_be_undone(
    room, pending, reviewer, desk, clock_at
):
    clock_at(f"{pending.effective_at:%Y-%m-%d %H:%M:%S}", "UTC")
    RELEASE[room](pending, at=pending.effective_at)
    answer = desk(reviewer).post(undo(pending))
    assert answer.status_code == 422
    assert "This decision has taken effect, so it cannot be taken back." in text_of(answer)
    assert state_of(pending) == "released"


@in_every_room
def test_a_decision_undone_in_the_second_when_it_was_due_takes_no_effect(
    room, pending, reviewer, desk, clock_at
):
    clock_at(f"{pending.effective_at:%Y-%m-%d %H:%M:%S}", "UTC")
    assert desk(reviewer).post(undo(pending)).status_code == 302
    RELEASE[room](pending, at=pending.effective_at)
    assert state_of(pending) == "taken_back"
    assert pending.case.trainer.notices.filter(kind__endswith="denied").count() == 0
