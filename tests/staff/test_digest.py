"""The digest: on weekdays, only while something is late, to each who may see it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from core import clock
from outbox import sender
from outbox.models import Heartbeat, Notice
from renewals.models import Application
from staff import tasks
from tests.cast import member
from tests.factories import LONG_AGO
from tests.staff.scenes import notice
from trainers.services.mailboxes import mark_address
from trainers.services.registrar import change_email

pytestmark = pytest.mark.django_db
PHOENIX = ZoneInfo("America/Phoenix")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PHOENIX)


def sweep(text: str) -> None:
    with clock.moved_to(at(text)):
        Heartbeat.objects.update_or_create(part="scheduler", defaults={"at": at(text)})
        tasks.queue_digests()
        sender.send_due()


def live(day: str) -> None:
    for hour in ("06:59", "07:00", "08:59", "09:00", "12:00", "17:59", "18:00", "23:00"):
        sweep(f"{day} {hour}")


@pytest.fixture
def late(jordan):
    """A message to Jordan failed."""
    return notice(jordan, "failed")


def test_on_a_weekday_each_person_who_may_see_late_work_gets_one_digest(late, root, onlooker):
    live("2027-03-02")
    assert sorted(one.to[0] for one in mail.outbox) == sorted([root.email, onlooker.email])
    assert mail.outbox[0].subject == "1 late on March 2, 2027"
    assert "Messages that failed: 1 late of 1." in mail.outbox[0].body


def test_no_digest_is_sent_while_nothing_is_late(jordan, root):
    notice(jordan, "sent")
    live("2027-03-02")
    assert mail.outbox == []


def test_a_failed_message_counts_as_late_only_once_the_trainer_has_a_new_address(
    late, jordan, registrar, root
):
    mark_address(jordan, address="jordan@example.org", words="550 5.1.1 No such mailbox", at=LONG_AGO)
    live("2027-03-02")
    assert mail.outbox == []
    change_email(
        jordan, email="rivera@example.org", by=registrar, at=at("2027-03-02 23:30"), reason="By telephone"
    )
    live("2027-03-03")
    assert "Messages that failed: 1 late of 1." in mail.outbox[-1].body


@pytest.mark.parametrize("day", ["2027-03-06", "2027-03-07"])
def test_no_digest_is_sent_on_saturday_and_sunday(late, root, day):
    live(day)
    assert Notice.objects.filter(kind="staff.digest").count() == 0


def test_the_digest_is_sent_at_nine_in_the_morning_and_not_before(late, root):
    sweep("2027-03-02 07:00")
    sweep("2027-03-02 08:59")
    assert mail.outbox == []
    sweep("2027-03-02 09:00")
    assert len(mail.outbox) == 1


def test_the_digest_is_sent_again_on_the_next_weekday_while_something_is_late(late, root):
    live("2027-03-05")
    live("2027-03-06")
    live("2027-03-08")
    assert [one.subject for one in mail.outbox] == ["1 late on March 5, 2027", "1 late on March 8, 2027"]


def test_a_digest_is_superseded_when_nothing_is_late_at_nine(late, root):
    sweep("2027-03-02 07:00")
    Notice.objects.filter(pk=late.pk).update(state="due", ended_at=None, send_at=at("2027-03-03 12:00"))
    sweep("2027-03-02 09:00")
    assert mail.outbox == []
    assert Notice.objects.get(kind="staff.digest").state == "superseded"


def test_staff_who_may_not_see_the_late_work_get_no_digest(late, jordan):
    member("Casey Catalogue", permissions=("view_course",))
    member("Gone Away", "lead", is_active=False)
    live("2027-03-02")
    assert mail.outbox == []


def test_a_stopped_scheduler_is_reported_on_the_today_page(root, onlooker, desk, clock_at):
    Heartbeat.objects.create(part="scheduler", at=LONG_AGO)
    clock_at("2027-03-02")
    text = desk(root).get("/staff/").content.decode()
    assert "The schedule has stopped" in text


def test_the_scheduler_is_reported_as_stopped_only_after_five_minutes_of_silence(root, desk, clock_at):
    moment = clock_at("2027-03-02")
    Heartbeat.objects.create(part="scheduler", at=moment - timedelta(minutes=5))
    assert "has stopped" not in desk(root).get("/staff/").content.decode()
    Heartbeat.objects.update(at=moment - timedelta(minutes=5, seconds=1))
    assert "has stopped" in desk(root).get("/staff/").content.decode()


def test_a_renewal_that_waits_longer_than_promised_is_in_the_digest_as_late(waiting, root, desk, clock_at):
    """Received on March 2, 2027, to be answered within 10 business days: by the end of March 16."""

    def late(day: str) -> int:
        clock_at(day)
        return sum(
            queue.late
            for queue in desk(root).get("/staff/").context["queues"]
            if queue.label == "Renewals waiting"
        )

    Application.objects.filter(pk=waiting.pk).update(received_at=at("2027-03-02 12:00"))
    assert [late("2027-03-16"), late("2027-03-17")] == [0, 1]
