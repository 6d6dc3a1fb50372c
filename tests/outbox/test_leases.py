"""Which sender has leased a notice, and for how long (I9)."""

import itertools
import time
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from outbox import leases, sender
from outbox.models import LEASE, Notice
from outbox.sender import send_due
from tests.reading import state_of

NINE = "2027-03-02 09:00"


@pytest.fixture(autouse=True)
def _nine_o_clock(clock_at):
    clock_at(NINE)


def test_two_senders_lease_different_notices(put):
    for number in range(4):
        put(number)
    first, second = leases.lease_rows(Notice.objects.all(), 3), leases.lease_rows(Notice.objects.all(), 3)
    assert (len(first.leased), len(second.leased)) == (3, 1)
    assert not {n.pk for n in first.leased} & {n.pk for n in second.leased}


def test_a_dead_senders_notices_are_retried_singly_and_only_the_one_in_progress_counts_an_attempt(
    put, clock_at
):
    notices = [put(number) for number in range(3)]
    leases.lease_rows(Notice.objects.all(), 3)
    clock_at("2027-03-02 09:01:29")
    assert not leases.lease_rows(Notice.objects.all(), 3).leased
    clock_at("2027-03-02 09:01:30")
    held = leases.lease_rows(Notice.objects.all(), 3)
    assert [notice.pk for notice in held.leased] == [notices[0].pk]
    for notice in notices:
        notice.refresh_from_db()
    assert [notice.attempts for notice in notices] == [1, 0, 0]


def test_a_notice_that_crashes_its_sender_each_time_is_parked_and_others_are_sent(put, post_office, clock_at):
    poison, other = put(1), put(2)
    leases.lease_rows(Notice.objects.all(), 2)
    for minutes in (2, 4, 6, 8):
        clock_at(f"2027-03-02 09:{minutes:02}")
        assert leases.lease_rows(Notice.objects.all(), 2).leased == [poison]
    clock_at("2027-03-02 09:10")
    assert send_due() == Counter(failed=1, sent=1)
    assert (state_of(poison), state_of(other)) == ("failed", "sent")
    assert poison.last_error == leases.DIED


def test_after_its_sender_died_a_notice_to_a_busy_mailbox_is_retried_in_a_minute(put, post_office, clock_at):
    put(1)
    slow = put(2)
    leases.lease_rows(Notice.objects.all(), 2)
    clock_at("2027-03-02 09:02")
    answers = iter(["250 OK", "450 4.2.1 Mailbox busy"])
    post_office.on_data = lambda envelope: next(answers)
    assert send_due() == Counter({"sent": 1, "put off": 1})
    slow.refresh_from_db()
    assert (slow.attempts, slow.retry_at - clock.now()) == (2, timedelta(minutes=1))


def test_a_sender_whose_lease_ran_out_sends_nothing_more(put, post_office, clock_at, monkeypatch):
    notice, other = put(1), put(2)

    def sleep(window: str) -> None:
        if window == "sender.opened":
            clock_at("2027-03-02 09:01:30")

    monkeypatch.setattr(sender, "faultpoint", sleep)
    assert send_due() == Counter(released=2)
    assert post_office.accepted == []
    assert {state_of(notice), state_of(other)} == {"due"}


def test_a_long_batch_extends_its_lease(put, post_office, clock_at, monkeypatch):
    for number in range(3):
        put(number)
    times = iter(("09:00:40", "09:01:20", "09:02:00"))

    def work(window: str) -> None:
        if window == "sender.opened":
            clock_at(f"2027-03-02 {next(times)}")

    monkeypatch.setattr(sender, "faultpoint", work)
    assert send_due() == Counter(sent=3)


def test_ending_a_notice_confirms_the_lease_so_a_busy_sender_needs_no_further_check(
    put, post_office, monkeypatch
):
    """So a sender that is busy asks nothing between two mails; one that was away for a moment asks again."""
    ticks = itertools.count(start=time.monotonic(), step=0.03)
    of_our_own = SimpleNamespace(monotonic=lambda: next(ticks), sleep=time.sleep)
    monkeypatch.setattr(leases, "time", of_our_own)
    monkeypatch.setattr(sender, "time", of_our_own)
    for number in range(12):
        put(number)
    with CaptureQueriesContext(connection) as asked:
        assert send_due() == Counter(sent=12)
    looked = [
        one["sql"] for one in asked if one["sql"].startswith("SELECT 1") and 'leased_until" =' in one["sql"]
    ]
    assert looked == []


def test_a_lease_expires_after_its_last_moment_or_when_the_clock_is_set_far_back(put, clock_at):
    put(1)
    held = leases.lease_rows(Notice.objects.all(), 1)
    assert held.until == clock.now() + LEASE
    assert held.is_alive()
    clock_at("2027-03-02 08:59:00")
    assert held.is_alive()
    clock_at("2027-03-02 08:58:59")
    assert not held.is_alive()
    clock_at("2027-03-02 09:01:29")
    assert held.is_alive()
    clock_at("2027-03-02 09:01:30")
    assert not held.is_alive()


@pytest.mark.parametrize(("others_clock", "taken"), [("08:59:59", 0), ("08:59:00", 0), ("08:58:59", 1)])
def test_a_sender_whose_clock_is_slightly_behind_takes_no_leased_notice(put, clock_at, others_clock, taken):
    """Its lease then ends later than any that the other would give, as one from a clock that ran ahead does."""
    put(1)
    assert len(leases.lease_rows(Notice.objects.all(), 1).leased) == 1
    clock_at(f"2027-03-02 {others_clock}")
    assert len(leases.lease_rows(Notice.objects.all(), 1).leased) == taken
