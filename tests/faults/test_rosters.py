"""A worker killed while it checks or applies a roster: nothing is half there, and the next one goes on."""

from datetime import UTC, datetime

import pytest

from core import clock
from core.models import HistoryEntry
from tests.cast import colleague
from tests.trainers.scenes import HEADER
from trainers.models import Cycle, Roster, Trainer
from trainers.models.roster import LEASE
from trainers.services.rosters import confirm_roster, store_roster

pytestmark = pytest.mark.fault
ROWS = 2500  # two batches
WORK = "trainers.tasks.advance_rosters"


@pytest.fixture
def sent(stage, storage):
    """A roster that was sent, and a worker."""
    stage.set_clock(datetime(2026, 11, 20, 19, tzinfo=UTC))
    rows = (f"{n + 1000},Trainer {n},trainer{n}@example.org,2021-03-14,2027-03-14," for n in range(ROWS))
    content = "\n".join([HEADER, *rows]).encode()
    told = {"policy_code": "nasm-cpt", "exported_on": None, "by": colleague("lead"), "at": clock.now()}
    stage.worker()
    return store_roster(name="autumn.csv", content=content, **told)


def brought_in() -> int:
    people = Trainer.objects.filter(email__startswith="trainer").count()
    assert people == Cycle.objects.filter(credential__trainer__email__startswith="trainer").count()
    return people


def kill_and_go_on(stage, roster: Roster, window: str) -> Roster:
    stage.child_that_takes(WORK, f"{window}:kill").wait_until_dead()
    before = Roster.objects.get(pk=roster.pk)
    assert before.state == roster.state, "what was killed has written nothing"
    assert brought_in() == 0
    stage.pass_time(LEASE.total_seconds() + 1)
    stage.run(WORK)
    return Roster.objects.get(pk=roster.pk)


@pytest.mark.parametrize("window", ["roster.staged", "rosters.lines"])
def test_a_roster_check_whose_process_was_killed_is_repeated_with_each_row_once(stage, sent, window):
    roster = kill_and_go_on(stage, sent, window)
    assert (roster.state, roster.new, roster.attempts) == ("checked", ROWS, 2)
    assert roster.lines.count() == ROWS


@pytest.mark.parametrize("window", ["roster.half_merged", "roster.merged"])
def test_a_roster_import_whose_process_was_killed_is_repeated_and_applied_once(stage, sent, window):
    stage.run(WORK)
    roster = Roster.objects.get()
    roster = confirm_roster(roster, mark=roster.mark, by=roster.sent_by, at=clock.now())
    roster = kill_and_go_on(stage, roster, window)
    assert (roster.state, brought_in()) == ("applied", ROWS)
    stage.run(WORK)
    assert brought_in() == ROWS
    assert HistoryEntry.objects.filter(verb="granted", reason="Roster autumn.csv").count() == ROWS
