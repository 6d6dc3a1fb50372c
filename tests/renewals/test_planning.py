"""Planning reminders: one bad policy stops nobody else, stored days follow a changed policy file,
and a reinstated trainer gets the latest missed reminder.
"""

from datetime import date

import pytest

from ceus.models import CeuRecord
from outbox.models import Notice
from renewals import tasks
from tests import factories
from tests.renewals.scenes import at_hour, live_days, plan_and_send, sent_titles
from trainers.services import reinstate_credential, suspend_credential


@pytest.fixture
def orphan(stranger):
    """Return Sam's certification, which follows a policy whose file is missing."""
    factories.remind_from_the_start(stranger)
    stranger.credentials.update(policy_code="gone")
    return stranger


def test_a_missing_policy_file_does_not_stop_other_trainers_reminders(drew, orphan):
    plan_and_send(at_hour("2026-06-29", 0, 5))
    plan_and_send(at_hour("2026-06-29", 10, 55))
    assert [(one.trainer, one.state) for one in Notice.objects.all()] == [(drew, "sent")]


def test_a_missing_policy_file_does_not_stop_realigning_other_trainers_reminders(card, orphan, clock_at):
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
def test_the_stored_reminder_day_of_a_card_is_realigned_after_a_policy_change(card, clock_at, stored, then):
    """On January 15, 2027 the next reminder of a card that ends on March 1 is that of January 30."""
    clock_at("2027-01-15")
    CeuRecord.objects.filter(pk=card.pk).update(remind_on=stored)
    tasks.realign_reminders()
    card.refresh_from_db()
    assert f"{card.remind_on}" == then


@pytest.mark.parametrize(("through", "state"), [("2027-01-10", "accepted"), ("2027-03-01", "removed")])
def test_an_expired_or_removed_card_gets_no_reminder(card, clock_at, through, state):
    clock_at("2026-12-01" if state == "removed" else "2027-01-15")
    CeuRecord.objects.filter(pk=card.pk).update(remind_on=None, valid_through=through, state=state)
    tasks.realign_reminders()
    card.refresh_from_db()
    assert card.remind_on is None


def reminders_sent() -> list[tuple[str, str]]:
    """Return what was sent, without the mails about the suspension itself."""
    return [one for one in sent_titles() if not one[1].startswith("Certification ")]


def test_a_reinstated_trainer_gets_only_the_latest_missed_reminder(drew, lead):
    """Suspended on June 24, 2026, a day after the reminder of the last 7 days; reinstated on July 10. Drew expired on June 30."""
    live_days("2026-06-23", "2026-06-23")
    credential = drew.credentials.get()
    for service, day in ((suspend_credential, "2026-06-24"), (reinstate_credential, "2026-07-10")):
        live_days(day, day)
        service(credential, by=lead, at=at_hour(day), on=date.fromisoformat(day), reason="As agreed.")
    live_days("2026-07-11", "2026-07-12")
    heard = [
        ("2026-06-23", "7 days left, 2.0 CEUs to go: June 30, 2026"),
        ("2026-07-11", "2.0 CEUs to go: $129 through September 28, 2026"),
    ]
    assert reminders_sent() == heard
    for service in (suspend_credential, reinstate_credential):
        service(credential, by=lead, at=at_hour("2026-07-12"), on=date(2026, 7, 12), reason="By mistake.")
    live_days("2026-07-13", "2026-07-14")
    assert reminders_sent() == heard


def test_a_reminder_names_the_certification_that_it_is_about(drew):
    """Drew holds two, which end on June 30, 2026 and a year later."""
    other = factories.CredentialFactory(trainer=drew, number="55556666", awarded_on=date(2023, 6, 30))
    factories.CycleFactory(credential=other, expires_on=date(2027, 6, 30))
    live_days("2026-06-29", "2026-06-29")
    notice = Notice.objects.get(state="sent")
    assert "This is about certification 2606 3001." in notice.text
    assert "This is about certification 2606 3001." in notice.html
