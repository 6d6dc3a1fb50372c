"""A sender killed or frozen in any window loses nothing, and doubles a mail in one moment only."""

import signal
from collections import Counter

import pytest
from django.db import transaction

from outbox.models import Notice
from tests.faults.processes import PATIENCE, wait_until_it_waits, wait_until_stopped
from tests.faults.stage import let_leases_run_out

pytestmark = pytest.mark.fault
NOTICES = 5
# The window; how many notices the dead sender goes on holding; how many mails the post office accepts twice in the end.
WINDOWS = {
    "sender.claiming": (0, 0),
    "sender.holding": (0, 0),
    "sender.claimed": (NOTICES, 0),
    "sender.checked": (NOTICES, 0),
    "sender.opened": (NOTICES, 0),
    "sender.accepted": (
        NOTICES,
        1,
    ),  # the one named instant: the server has the mail, we have not yet written it down
    "sender.ended": (NOTICES - 1, 0),
}


@pytest.fixture
def send(start, due, office):
    """Start a sender, with a fault or without, while some messages are due."""
    due(NOTICES)
    return lambda fault="": start("send_notices", fault=fault)


def wait_for_locks_of_the_dead() -> None:
    """PostgreSQL frees the row locks of a killed client a moment later; a sender skips locked rows."""
    with transaction.atomic():
        list(Notice.objects.select_for_update())


def assert_everything_arrived(office, doubled: int) -> None:
    states = Counter(Notice.objects.values_list("state", flat=True))
    assert states == {"sent": NOTICES}
    copies = office.accepted
    assert set(copies) == set(Notice.objects.values_list("message_id", flat=True))
    assert sum(copies.values()) - NOTICES == doubled
    assert max(copies.values()) == 1 + doubled


@pytest.mark.parametrize("window", WINDOWS)
def test_a_sender_killed_at_any_crash_point_loses_no_mail(send, office, window):
    held, doubled = WINDOWS[window]
    assert send(f"{window}:kill").wait(PATIENCE) == -signal.SIGKILL
    wait_for_locks_of_the_dead()
    assert send().wait(PATIENCE) == 0
    assert Notice.objects.unsent().count() == held
    let_leases_run_out()
    assert send().wait(PATIENCE) == 0
    assert_everything_arrived(office, doubled=doubled)


@pytest.mark.parametrize("window", ["sender.claimed", "sender.checked", "sender.opened"])
def test_a_sender_frozen_past_its_lease_sends_nothing_twice(send, office, window):
    frozen = send(f"{window}:stop")
    wait_until_stopped(frozen.pid)
    let_leases_run_out()
    assert send().wait(PATIENCE) == 0
    frozen.send_signal(signal.SIGCONT)
    assert frozen.wait(PATIENCE) == 0
    assert_everything_arrived(office, doubled=0)


def test_two_simultaneous_senders_lease_different_notices(send, office):
    first = send("sender.claiming:stop")
    wait_until_stopped(first.pid)
    second = send()
    wait_until_it_waits(second.pid)
    first.send_signal(signal.SIGCONT)
    assert [first.wait(PATIENCE), second.wait(PATIENCE)] == [0, 0]
    assert_everything_arrived(office, doubled=0)


def test_five_senders_at_once_send_each_mail_once(send, office):
    senders = [send() for _ in range(5)]
    assert [sender.wait(PATIENCE) for sender in senders] == [0] * 5
    assert_everything_arrived(office, doubled=0)
