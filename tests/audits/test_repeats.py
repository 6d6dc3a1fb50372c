"""A step of an audit that is asked for twice happens once: the same answer, and nothing else is written."""

from datetime import date

import pytest

from audits import services
from audits.models import Audit, AuditItem, DrawPeriod
from core.models import HistoryEntry
from outbox.models import Notice
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.reading import refused_with
from tests.renewals import scenes as renewal_scenes

JANUARY_5, JANUARY_6 = moment("2027-01-05"), moment("2027-01-06")


def written() -> tuple[int, int]:
    return HistoryEntry.objects.count(), Notice.objects.count()


@pytest.fixture
def proposed(ready, lead) -> Audit:
    renewal = renewal_scenes.submit(ready, "2027-01-04")
    return services.propose_audit(
        renewal.cycle,
        renewal=renewal.reference,
        received_on=date(2027, 1, 4),
        by=lead,
        at=JANUARY_5,
        cause="The certificates look copied.",
    )


def test_a_second_request_for_more_time_returns_the_first_one_and_its_reason(ready, stranger):
    audit = scenes.begun(ready)
    first = services.ask_for_time(audit, by=ready, at=JANUARY_5, why="My gym has closed.")
    before = written()
    again = services.ask_for_time(audit, by=ready, at=JANUARY_6, why="I was ill.")
    assert (again.pk, again.why, written()) == (first.pk, "My gym has closed.", before)
    with refused_with("Only the person whom it is about may do this.", "not_allowed"):
        services.ask_for_time(audit, by=stranger, at=JANUARY_6, why="I was ill.")


def test_extending_an_audit_twice_to_one_day_moves_it_once_and_sends_one_mail(ready, reviewer):
    audit = scenes.begun(ready)
    through = date(2027, 2, 20)
    services.extend_audit(audit, by=reviewer, at=JANUARY_5, through=through, words="You asked.")
    before = written()
    again = services.extend_audit(audit, by=reviewer, at=JANUARY_6, through=through, words="Other words.")
    assert (again.due_on, again.extensions.get().words, written()) == (through, "You asked.", before)


def test_the_same_verdict_on_a_document_given_twice_keeps_the_first_time(ready, reviewer):
    item = scenes.sent(ready).items.first()
    for at in (JANUARY_5, JANUARY_6):
        judged = services.judge_item(item, verdict="accepted", by=reviewer, at=at)
        assert (judged.verdict, judged.reviewed_at) == ("accepted", JANUARY_5)


def test_a_document_suspected_twice_keeps_the_first_reviewers_words(ready, reviewer, lead):
    item: AuditItem = scenes.sent(ready).items.first()
    services.suspect_item(item, by=reviewer, at=JANUARY_5, why="The date is typed over.")
    before = written()
    again = services.suspect_item(item, by=lead, at=JANUARY_6, why="The font differs.")
    assert (again.suspected_why, again.suspected_by, written()) == (
        "The date is typed over.",
        reviewer,
        before,
    )


def test_agreeing_twice_to_an_audit_for_cause_opens_it_once(proposed, second_lead, ready, commits):
    services.agree_audit(proposed, by=second_lead, at=JANUARY_5)
    with commits():
        renewal_scenes.pay(scenes.application_of(proposed), "2027-01-05")
    before = written()
    again = services.agree_audit(proposed, by=second_lead, at=JANUARY_6)
    assert (again.is_open, again.agreed_by, written()) == (True, second_lead, before)


def test_dropping_a_proposed_audit_twice_keeps_the_first_reason(proposed, second_lead):
    services.drop_proposal(proposed, by=second_lead, at=JANUARY_5, reason="The wrong person.")
    before = written()
    again = services.drop_proposal(proposed, by=second_lead, at=JANUARY_6, reason="Another reason.")
    reasons = HistoryEntry.objects.filter(verb="dropped").values_list("reason", flat=True)
    assert (again.state, list(reasons), written()) == ("ended", ["The wrong person."], before)


def test_opening_a_draw_period_again_with_another_public_value_is_refused(lead):
    period = DrawPeriod.objects.get()
    before = written()
    again = services.open_period(period, by=None, at=JANUARY_5)
    assert (again.opened_at, written()) == (period.opened_at, before)
    with refused_with("This period is open with another value.", "opened"):
        services.open_period(period, public_value="20261001", by=lead, at=JANUARY_5)
