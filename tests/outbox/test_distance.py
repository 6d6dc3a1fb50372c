"""Early and optional reminders are 7 days apart, and optional ones can be switched off."""

from collections import Counter
from datetime import timedelta

import pytest

from core import clock
from outbox import distance, leases
from outbox.models import Notice
from outbox.notices import queue_notice
from outbox.sender import send_due
from tests.policies import follow
from tests.postoffice import ACCEPT
from tests.reading import state_of

EARLY, OPTIONAL, FIRM = Notice.Urgency.EARLY, Notice.Urgency.OPTIONAL, Notice.Urgency.FIRM


@pytest.fixture
def put(jordan, plain):
    def put(name: str, urgency: str, trainer=None, **fields) -> Notice:
        fields.setdefault("send_at", clock.now())
        return queue_notice(
            "tests.plain", subject=name, event="once", trainer=trainer or jordan, urgency=urgency, **fields
        )

    return put


@pytest.fixture(autouse=True)
def _nine_o_clock(clock_at):
    clock_at("2027-03-02 09:20")


def when(notice: Notice, zone: str = "America/Phoenix") -> str:
    notice.refresh_from_db()
    return f"{notice.send_at.astimezone(clock.ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("first", [EARLY, OPTIONAL])
@pytest.mark.parametrize("second", [EARLY, OPTIONAL])
def test_a_second_reminder_is_delayed_to_seven_days_after_the_first_at_its_planned_hour(
    put, post_office, clock_at, first, second
):
    put("first", first)
    assert send_due() == Counter(sent=1)
    clock_at("2027-03-05 10:40")
    held = put("second", second, send_at=clock_at("2027-03-05 09:40"))
    clock_at("2027-03-05 10:40")
    assert send_due() == Counter({"too soon": 1})
    assert (state_of(held), when(held)) == ("due", "2027-03-09 09:40")
    assert (held.attempts, held.leased_until, held.retry_at, held.last_error) == (0, None, None, "")
    clock_at("2027-03-09 09:39")
    assert send_due() == Counter()
    clock_at("2027-03-09 09:40")
    assert send_due() == Counter(sent=1)


@pytest.mark.parametrize(
    ("day", "outcome"), [("2027-03-08", "too soon"), ("2027-03-09", "sent"), ("2027-03-10", "sent")]
)
def test_the_seven_day_gap_between_reminders_is_counted_in_days_not_hours(
    put, post_office, clock_at, day, outcome
):
    clock_at("2027-03-02 23:50")
    put("first", EARLY)
    send_due()
    clock_at(f"{day} 09:00")
    put("second", EARLY)
    assert send_due() == Counter({outcome: 1})


def test_the_second_of_two_reminders_to_one_person_in_one_batch_is_delayed(put, post_office):
    first, second = put("first", OPTIONAL), put("second", EARLY)
    assert send_due() == Counter({"sent": 1, "too soon": 1})
    assert (state_of(first), state_of(second), when(second)) == ("sent", "due", "2027-03-09 09:20")


def test_a_superseded_reminder_does_not_delay_the_next_one(put, plain, post_office):
    plain.done = {"first"}
    put("first", EARLY)
    put("second", EARLY)
    assert send_due() == Counter(superseded=1, sent=1)


def test_a_firm_message_is_never_delayed_and_delays_no_other(put, post_office):
    put("right", FIRM)
    put("first", EARLY)
    put("in the same batch", FIRM)
    assert send_due() == Counter(sent=3)
    put("again", FIRM)
    assert send_due() == Counter(sent=1)


def test_mail_to_one_person_delays_no_mail_to_another(put, post_office, stranger):
    put("first", EARLY)
    put("theirs", EARLY, trainer=stranger)
    assert send_due() == Counter(sent=2)


def test_a_delayed_reminder_is_checked_again_before_it_is_sent(put, plain, post_office, clock_at):
    put("first", EARLY)
    held = put("second", EARLY)
    send_due()
    plain.done = {"second"}
    clock_at("2027-03-09 09:20")
    assert send_due() == Counter(superseded=1)
    assert state_of(held) == "superseded"


def test_a_batch_uses_one_query_to_find_the_latest_reminders_of_all_recipients(
    put, post_office, stranger, django_assert_num_queries
):
    batch = [put("first", EARLY), put("second", EARLY), put("theirs", OPTIONAL, trainer=stranger)]
    with django_assert_num_queries(1):
        distance.Distances(batch)
    right = put("right", FIRM)
    with django_assert_num_queries(0):
        distance.Distances([right])


def test_a_reminder_being_sent_by_another_sender_delays_the_next_one(put, post_office, clock_at):
    put("first", EARLY)
    leases.lease_rows(Notice.objects.all(), 1)
    second = put("second", EARLY)
    assert send_due() == Counter({"put off": 1})
    assert (state_of(second), second.attempts) == ("due", 0)
    assert second.retry_at == clock.now() + timedelta(minutes=1)
    clock_at("2027-03-02 09:25")  # the other one died, and the first is taken over
    assert send_due() == Counter({"sent": 1, "too soon": 1})


def test_after_an_outage_the_gap_to_the_next_reminder_counts_from_the_actual_send(
    put, post_office, clock_at, settings
):
    post_office.close()
    put("first", EARLY)
    assert send_due() == Counter(released=1)
    post_office.open()
    clock_at("2027-03-12 15:00")
    settings.EMAIL_PORT = post_office.port
    assert send_due() == Counter(sent=1)
    clock_at("2027-03-18 09:00")
    second = put("second", EARLY)
    assert send_due() == Counter({"too soon": 1})
    assert when(second) == "2027-03-19 09:00"


def test_a_clock_set_back_keeps_the_gap_but_a_send_dated_far_in_the_future_delays_no_reminder(
    put, post_office, clock_at
):
    put("first", EARLY)
    send_due()
    clock_at("2027-03-02 08:20")
    put("second", EARLY)
    assert send_due() == Counter({"too soon": 1})
    Notice.objects.filter(subject="first").update(ended_at=clock_at("2029-01-01"))
    clock_at("2027-03-03 09:00")
    put("third", EARLY)
    assert send_due() == Counter(sent=1)


@pytest.mark.parametrize(
    ("sent", "asked", "turn"),
    [
        # over the night of March 14, which has 23 hours; over that of November 7, which has 25
        ("2027-03-10 10:30", "2027-03-12 10:30", "2027-03-17 10:30"),
        ("2027-11-03 09:30", "2027-11-05 09:30", "2027-11-10 09:30"),
        # 2:30 is an hour that the seventh day does not have
        ("2027-03-07 02:30", "2027-03-08 02:30", "2027-03-14 03:30"),
    ],
)
def test_a_clock_change_moves_neither_the_day_nor_the_hour_of_a_delayed_reminder(
    put, post_office, clock_at, monkeypatch, sent, asked, turn
):
    new_york = "America/New_York"

    class Policy:
        time_zone = new_york

    follow(Policy, monkeypatch)
    clock_at(sent, new_york)
    put("first", EARLY)
    assert send_due() == Counter(sent=1)
    clock_at(asked, new_york)
    second = put("second", EARLY)
    assert send_due() == Counter({"too soon": 1})
    assert when(second, new_york) == turn
    clock_at(turn, new_york)
    assert send_due() == Counter(sent=1)


def test_an_optional_reminder_to_a_person_who_switched_them_off_ends_unsent(put, post_office, jordan):
    jordan.wants_reminders = False
    jordan.save()
    unwanted, early, right = put("tip", OPTIONAL), put("early", EARLY), put("right", FIRM)
    assert send_due() == Counter(suppressed=1, sent=2)
    assert [state_of(one) for one in (unwanted, early, right)] == ["suppressed", "sent", "sent"]
    assert [message["Subject"] for message in post_office.accepted] == ["About early", "About right"]


def test_switching_reminders_off_after_one_was_queued_keeps_it_from_being_sent(
    put, post_office, jordan, clock_at
):
    put("first", EARLY)
    tip = put("tip", OPTIONAL)
    send_due()
    jordan.wants_reminders = False
    jordan.save()
    clock_at("2027-03-09 09:20")
    assert send_due() == Counter(suppressed=1)
    assert state_of(tip) == "suppressed"


def test_a_notice_queued_without_an_urgency_counts_as_firm(jordan, plain):
    notice = queue_notice("tests.plain", subject="thing", event="once", trainer=jordan, send_at=clock.now())
    assert notice.urgency == "firm"


def test_only_optional_mails_have_a_one_click_unsubscribe_header(put, post_office, client, jordan, clock_at):
    post_office.on_data = lambda envelope: ACCEPT
    put("tip", OPTIONAL)
    put("right", FIRM)
    send_due()
    clock_at("2027-03-20")
    put("early", EARLY)
    send_due()
    tip, right, early = post_office.accepted
    assert tip["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = tip["List-Unsubscribe"].strip()
    assert address.startswith("<http")
    for other in (right, early):
        assert (other["List-Unsubscribe"], other["List-Unsubscribe-Post"]) == (None, None)
    path = "/" + address.strip("<>").split("/", 3)[3]
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    jordan.refresh_from_db()
    assert jordan.wants_reminders is False
