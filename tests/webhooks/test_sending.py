"""What a receiver gets, how often, and what becomes of it when it does not answer."""

from collections import Counter
from datetime import timedelta

import pytest

from core import clock, faults
from outbox.models import LEASE, Notice
from tests.cast import colleague
from tests.receiver import open_receiver
from tests.webhooks.scenes import an_endpoint, tell
from webhooks import sender
from webhooks.models import Delivery, Endpoint
from webhooks.services import pause_endpoint, resume_endpoint, rotate_endpoint_secret
from webhooks.services.endpoints import reveal_secret
from webhooks.tasks import drop_old, send_due_deliveries

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process ends here."""


def later(clock_at, **more: int) -> None:
    clock_at(f"{clock.now() + timedelta(**more):%Y-%m-%d %H:%M:%S}")


def fresh(row):
    row.refresh_from_db()
    return row


def test_a_receiver_gets_the_event_once_signed_and_with_its_id(endpoint, receiver):
    delivery = tell("charge:1", cents=9900)
    tell("charge:1", cents=9900)
    assert sender.send_due() == Counter(delivered=1)
    assert sender.send_due() == Counter()
    [request] = receiver.received
    assert request.path == "/hooks?for=portal"
    assert request.headers["content-type"] == "application/json"
    assert request.told == {
        "type": "portal.test",
        "timestamp": "2027-03-02T16:00:00+00:00",
        "data": {"cents": 9900},
    }
    assert request.headers["webhook-timestamp"] == "1804003200"
    assert request.id == delivery.webhook_id
    assert request.is_signed_with(reveal_secret(endpoint, by=colleague("lead"), at=clock.now()))
    assert not request.is_signed_with("whsec_AAAA")
    assert fresh(delivery).state == "delivered"
    assert fresh(endpoint).last_ok_at == clock.now()


def test_after_a_crash_between_answer_and_row_the_receiver_gets_the_same_id_again(
    endpoint, receiver, monkeypatch, clock_at
):
    delivery = tell()

    def die(pid: int, signal: int) -> None:
        raise Killed

    monkeypatch.setattr(faults.os, "kill", die)
    monkeypatch.setenv("PORTAL_FAULT", "webhooks.answered:kill")
    with pytest.raises(Killed):
        sender.send_due()
    assert fresh(delivery).state == "due"
    assert sender.send_due() == Counter(), "the lease of the dead sender still holds"
    later(clock_at, seconds=LEASE.seconds)
    assert sender.send_due() == Counter(delivered=1)
    assert [one.id for one in receiver.received] == [delivery.webhook_id] * 2


def test_a_failure_is_tried_again_after_growing_pauses_until_it_has_failed(
    endpoint, receiver, clock_at, monkeypatch
):
    monkeypatch.setattr(sender.random, "uniform", lambda low, high: 1.0)
    receiver.answer = lambda request: (400, {})
    delivery = tell()
    pauses = []
    for _ in range(10):
        sender.send_due()
        if fresh(delivery).retry_at:
            pauses.append((delivery.retry_at - clock.now()).total_seconds())
            later(clock_at, seconds=int(pauses[-1]) - 1)
            assert sender.send_due() == Counter(), "a second too early"
            later(clock_at, seconds=1)
    assert pauses == [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("failed", 10, 400)
    assert len(receiver.received) == 10
    assert fresh(endpoint).state == "active", "one bad message is no bad endpoint"


def test_an_endpoint_that_is_down_costs_one_attempt_and_the_others_get_theirs(endpoint, receiver, clock_at):
    receiver.answer = lambda request: (503, {})
    with open_receiver() as other:
        an_endpoint(other.url, name="Accounting")
        for number in range(5):
            tell(f"row:{number}")
        assert sender.send_due() == Counter(later=1, delivered=5)
        assert (len(receiver.received), len(other.received)) == (1, 5)
    receiver.answer = lambda request: (204, {})
    later(clock_at, seconds=61)
    assert sender.send_due() == Counter(delivered=5)
    assert len({one.id for one in receiver.received}) == 5


def test_a_redirect_is_not_followed_and_counts_as_a_failure(endpoint, receiver):
    with open_receiver() as elsewhere:
        receiver.answer = lambda request: (302, {"Location": elsewhere.url})
        delivery = tell()
        assert sender.send_due() == Counter(later=1)
        assert elsewhere.received == []
    assert fresh(delivery).last_error == "It answered 302, a redirect, and none is followed."


def test_a_receiver_that_asks_for_a_pause_gets_it(endpoint, receiver):
    receiver.answer = lambda request: (429, {"Retry-After": "3600"})
    delivery = tell()
    sender.send_due()
    assert fresh(delivery).retry_at == clock.now() + timedelta(hours=1)


def test_an_endpoint_is_switched_off_after_five_days_of_failures_and_staff_are_told(
    endpoint, receiver, clock_at
):
    receiver.answer = lambda request: (500, {})
    tell()
    sender.send_due()
    later(clock_at, days=5, seconds=-1)
    sender.send_due()
    assert fresh(endpoint).state == "active"
    later(clock_at, days=1)
    sender.send_due()
    assert fresh(endpoint).state == "off"
    assert "It answered 500." in endpoint.off_reason
    assert {one.trainer for one in Notice.objects.filter(kind="webhooks.switched_off")} == {colleague("lead")}
    receiver.answer = lambda request: (200, {})
    resume_endpoint(endpoint, by=colleague("lead"), at=clock.now())
    assert sender.send_due() == Counter(delivered=1), "what waited is not lost"


def test_an_endpoint_that_says_that_it_is_gone_is_switched_off_at_once(endpoint, receiver):
    receiver.answer = lambda request: (410, {})
    tell()
    sender.send_due()
    assert fresh(endpoint).state == "off"


def test_a_paused_endpoint_gets_nothing_until_it_is_resumed(endpoint, receiver):
    by = colleague("lead")
    pause_endpoint(endpoint, by=by, at=clock.now())
    tell()
    assert sender.send_due() == Counter()
    resume_endpoint(endpoint, by=by, at=clock.now())
    assert send_due_deliveries() == {"delivered": 1}


def test_a_new_secret_signs_at_once_and_the_one_before_for_one_more_day(endpoint, receiver, clock_at):
    by = colleague("lead")
    before = reveal_secret(endpoint, by=by, at=clock.now())
    rotate_endpoint_secret(endpoint, by=by, at=clock.now())
    after = reveal_secret(endpoint, by=by, at=clock.now())
    tell("one")
    sender.send_due()
    later(clock_at, days=1)
    tell("two")
    sender.send_due()
    signed = [[request.is_signed_with(one) for one in (before, after)] for request in receiver.received]
    assert signed == [[True, True], [False, True]]


def test_what_waited_for_30_days_is_dropped(endpoint, clock_at):
    pause_endpoint(endpoint, by=colleague("lead"), at=clock.now())
    delivery = tell()
    later(clock_at, days=30, seconds=-1)
    assert drop_old() == 0
    later(clock_at, seconds=1)
    assert drop_old() == 1
    assert fresh(delivery).state == "dropped"


def test_a_message_that_kills_its_sender_each_time_fails_and_the_others_leave(endpoint, receiver):
    poison, other = tell("one"), tell("two")
    Delivery.objects.filter(pk=poison.pk).update(attempts=sender.ATTEMPTS)
    assert sender.send_due() == Counter(failed=1, delivered=1)
    assert fresh(other).state == "delivered"
    assert Endpoint.objects.get().state == "active"
