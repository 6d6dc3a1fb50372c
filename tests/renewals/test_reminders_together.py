"""Reminders to somebody with several certifications: one mail a day, about all of them."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from outbox.models import Notice
from renewals.services import submit_application
from tests import factories
from tests.renewals import scenes
from tests.renewals.scenes import at_hour, live_days, plan_and_send, sent_titles
from trainers.models import Credential, Cycle

OTHER = "1193 5521"


@pytest.fixture
def alike(ready):
    """Jordan, ready to renew, with a second credential whose cycle ends on the same day: nothing is logged for it."""
    second = factories.CredentialFactory(trainer=ready, number="11935521", awarded_on=date(2021, 3, 14))
    factories.CycleFactory(credential=second, expires_on=date(2027, 3, 14))
    Cycle.objects.update(remind_on=date(2027, 2, 12))  # 30 days before
    return ready


def reminders() -> dict[str, int]:
    rows = Notice.objects.filter(kind="renewals.reminder").values_list("state", flat=True)
    return {state: list(rows).count(state) for state in rows}


def test_two_certifications_that_end_on_one_day_get_one_mail_about_both(alike):
    live_days("2027-02-12", "2027-02-12")
    (mail,) = Notice.objects.filter(state="sent")
    assert "This is about certifications 1193 4482 and 1193 5521." in mail.text
    assert f"\nCertification {OTHER}\nYour certification expires on" in mail.text
    assert "See all your certifications:\nhttp" in mail.text
    assert "/home/\n" in mail.text
    assert "/certifications/" not in mail.text + mail.html
    assert mail.html.count("<h1>") == 1
    assert f"<p>Certification {OTHER}</p>" in mail.html
    assert reminders() == {"sent": 1, "superseded": 1}
    live_days("2027-02-13", "2027-02-28")
    assert [day for day, _ in sent_titles()] == ["2027-02-12", "2027-02-28"]


def test_when_one_is_renewed_before_the_mail_is_sent_the_other_is_still_reminded(alike):
    plan_and_send(at_hour("2027-02-12", 8))  # planned for the morning
    assert reminders() == {"due": 2}
    first = Credential.objects.get(number="11934482")
    cycle = Cycle.objects.get(credential=first)
    at = scenes.moment("2027-02-12 08:30")
    submit_application(cycle, by=alike, at=at, attestation_version=scenes.VERSION)
    plan_and_send(at_hour("2027-02-12", 11))
    (mail,) = Notice.objects.filter(kind="renewals.reminder", state="sent")
    assert f"This is about certification {OTHER}." in mail.text
    assert "/certifications/11935521/" in mail.text


def test_a_reminder_that_waited_says_later_what_the_other_one_left_to_it(alike):
    plan_and_send(at_hour("2027-02-12", 8))
    early, late = Notice.objects.filter(kind="renewals.reminder").order_by("send_at", "pk")
    Notice.objects.filter(pk=early.pk).update(retry_at=at_hour("2027-02-12", 15), attempts=1)
    plan_and_send(at_hour("2027-02-12", 12))
    assert reminders() == {"due": 1, "superseded": 1}
    plan_and_send(at_hour("2027-02-12", 16))
    assert reminders() == {"sent": 1, "superseded": 1}
    early.refresh_from_db()
    assert "1193 4482" in early.text
    assert OTHER in early.text


def test_certifications_that_end_on_other_days_are_reminded_each_on_its_own_day(twice, clock_at):
    Cycle.objects.filter(credential__number="55120007").update(remind_on=date(2026, 6, 16))
    Cycle.objects.filter(credential__number="11934482").update(remind_on=date(2026, 9, 15))
    live_days("2026-06-16", "2026-06-16")
    (mail,) = Notice.objects.filter(state="sent")
    assert mail.title == "14 days left, 2.0 CEUs to go: June 30, 2026"
    assert "/certifications/55120007/my-courses/" in mail.text
    assert "1193 4482" not in mail.text


def test_a_card_that_is_logged_for_both_is_reminded_of_once(alike):
    Cycle.objects.update(remind_on=None)
    CeuRecord.objects.filter(valid_through__isnull=False).update(state="removed", remind_on=None)
    for credential in alike.credentials.all():
        factories.CardFactory(
            credential=credential,
            completed_on=date(2026, 8, 1),
            valid_through=date(2027, 2, 27),
            remind_on=date(2027, 1, 28),
        )
    live_days("2027-01-28", "2027-01-28")
    states = Notice.objects.filter(kind="renewals.card").values_list("state", flat=True)
    assert sorted(states) == ["sent", "superseded"]
