"""Planning reminders: one bad policy stops nobody else, and stored days follow a policy file that has changed."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from renewals import tasks
from tests import factories
from tests.renewals.test_card_reminders import card
from tests.renewals.test_reminders import at, drew, sweep
from trainers.models import Notice

__all__ = ["card", "drew"]


@pytest.fixture
def orphan(stranger):
    """Sam's certification was given under a policy whose file is gone."""
    factories.remind_from_the_start(stranger)
    stranger.credentials.update(policy_code="gone")
    return stranger


def test_a_policy_that_is_gone_keeps_nobody_else_from_their_reminder(drew, orphan):
    sweep(at("2026-06-29", 0, 5))
    sweep(at("2026-06-29", 10, 55))
    assert [(one.trainer, one.state) for one in Notice.objects.all()] == [(drew, "sent")]


def test_a_policy_that_is_gone_keeps_no_other_calendar_from_being_brought_in_line(card, orphan, clock_at):
    clock_at("2026-12-01")
    CeuRecord.objects.update(remind_on=None)
    tasks.realign_reminders()
    card.refresh_from_db()
    assert card.remind_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("stored", "then"),
    [
        ("2027-01-30", "2027-01-30"),  # as the rules say
        ("2027-02-22", "2027-01-30"),  # an earlier reminder was added
        ("2027-01-20", "2027-01-30"),  # a reminder fell away
        (None, "2027-01-30"),
        ("2027-01-15", "2027-01-15"),  # has come, and waits for the plan
    ],
)
def test_stored_days_of_a_card_follow_a_policy_that_changed(card, clock_at, stored, then):
    """On January 15, 2027 the next reminder of a card that ends on March 1 is that of January 30."""
    clock_at("2027-01-15")
    CeuRecord.objects.filter(pk=card.pk).update(remind_on=stored)
    tasks.realign_reminders()
    card.refresh_from_db()
    assert f"{card.remind_on}" == then


@pytest.mark.parametrize(("through", "state"), [("2027-01-10", "accepted"), ("2027-03-01", "removed")])
def test_a_card_that_has_ended_or_was_removed_is_reminded_of_no_more(card, clock_at, through, state):
    clock_at("2026-12-01" if state == "removed" else "2027-01-15")
    CeuRecord.objects.filter(pk=card.pk).update(remind_on=None, valid_through=through, state=state)
    tasks.realign_reminders()
    card.refresh_from_db()
    assert card.remind_on is None
