"""Mails while a petition is open: reminders of our question, a late answer, an open petition before expiration."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core import clock
from outbox import sender
from outbox.models import Notice
from petitions import services
from tests.cast import colleague
from tests.petitions import scenes

PHOENIX = ZoneInfo("America/Phoenix")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PHOENIX).astimezone(UTC)


def send(text: str) -> None:
    with clock.moved_to(moment(text)):
        sender.send_due()


def sent(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=f"petitions.{kind}", state="sent").order_by("ended_at")
    return [f"{one.ended_at.astimezone(PHOENIX):%Y-%m-%d}" for one in rows]


@pytest.fixture
def petition(jordan, stranger, clock_at):
    """Sent and paid on February 1, 2027; promised through February 15; Jordan is certified through March 14."""
    clock_at("2027-02-01")
    return scenes.submitted(jordan, at=moment("2027-02-01 12:00"))


@pytest.fixture
def asked(petition):
    """Asked on February 8, to be answered through February 22."""
    return services.ask_question(
        petition, by=colleague("reviewer"), at=moment("2027-02-08 12:00"), text="How many hours?"
    )


def live(first: int, last: int, month: str = "2027-02") -> None:
    for day in range(first, last + 1):
        send(f"{month}-{day:02d} 08:59")
        send(f"{month}-{day:02d} 09:01")


def test_reminders_of_an_open_question_are_sent_7_and_2_days_before_its_last_day(asked):
    live(9, 22)
    assert sent("question_ends") == ["2027-02-15", "2027-02-20"]


def test_after_an_outage_only_the_latest_reminder_of_a_question_is_sent(asked):
    live(9, 14)
    live(21, 21)
    assert sent("question_ends") == ["2027-02-21"]


def test_no_reminder_asks_for_an_answer_after_the_last_day(asked):
    """The question itself waits in the outbox until its last day, February 22, has ended."""
    send("2027-02-23 00:00")
    assert (sent("question"), sent("question_ends")) == ([], [])


def test_an_answer_to_the_question_ends_its_reminders(asked, jordan):
    services.answer_question(asked, by=jordan, at=moment("2027-02-10 12:00"), text="Four hours.")
    live(11, 22)
    assert sent("question_ends") == []


def test_extending_the_time_to_answer_plans_new_reminders(asked, jordan):
    services.take_more_time(asked, by=jordan, at=moment("2027-02-10 12:00"))
    live(11, 28)
    live(1, 8, "2027-03")
    assert sent("question_ends") == ["2027-03-01", "2027-03-06"]


def test_a_delay_notice_is_sent_on_the_morning_after_the_promised_day(petition):
    assert f"{petition.answer_due_on}" == "2027-02-15"
    live(10, 15)
    assert sent("longer") == []
    live(16, 18)
    assert sent("longer") == ["2027-02-16"]


def test_no_delay_notice_is_sent_for_a_petition_decided_by_the_promised_day(petition):
    scenes.decided(petition, "deny", by=colleague("reviewer"), at=moment("2027-02-15 12:00"))
    live(16, 18)
    assert sent("longer") == []


def test_a_question_cancels_the_delay_notice_and_the_answer_sets_a_new_promised_day(asked, jordan):
    live(9, 17)
    assert sent("longer") == []
    answered = services.answer_question(asked, by=jordan, at=moment("2027-02-18 12:00"), text="Four.")
    assert f"{answered.answer_due_on}" == "2027-02-25"
    live(19, 28)
    assert sent("longer") == ["2027-02-26"]


def test_a_mail_about_an_undecided_petition_is_sent_two_weeks_before_expiration(petition, stranger):
    live(20, 28)
    live(1, 2, "2027-03")
    assert sent("undecided") == ["2027-02-28"]
    assert (
        Notice.objects.get(kind="petitions.undecided").title
        == "Not decided: certified through March 14, 2027"
    )
    assert not Notice.objects.filter(trainer=stranger, kind__startswith="petitions").exists()


def test_no_mail_about_a_decided_petition_is_sent_before_expiration(petition):
    scenes.decided(petition, "deny", by=colleague("reviewer"), at=moment("2027-02-15 12:00"))
    live(28, 28)
    assert sent("undecided") == []


@pytest.mark.parametrize(("now", "days"), [("2027-03-14 23:59", ["2027-03-14"]), ("2027-03-15 00:00", [])])
def test_the_mail_about_an_undecided_petition_does_not_call_an_expired_trainer_certified(petition, now, days):
    """The reminder of February 28 waited in the outbox. Jordan is certified through March 14, 2027."""
    send(now)
    assert sent("undecided") == days


def test_the_mail_about_an_undecided_petition_does_not_call_a_suspended_trainer_certified(petition, jordan):
    jordan.credentials.update(state="suspended", state_on=date(2027, 2, 20))
    live(28, 28)
    assert sent("undecided") == []
