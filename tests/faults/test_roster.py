"""An import killed in each of its crash windows leaves everything or nothing, and can be repeated."""

import signal
from datetime import UTC, datetime

import pytest

from core.models import HistoryEntry
from tests.faults.processes import PATIENCE, wait_until_it_waits, wait_until_stopped
from tests.trainers.scenes import HEADER
from trainers.models import Credential, Cycle, Trainer

pytestmark = pytest.mark.fault
ROWS = 1000


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    rows = (f"{n + 1000},Trainer {n},trainer{n}@example.org,2021-03-14,2027-03-14," for n in range(ROWS))
    path.write_text("\n".join([HEADER, *rows]))
    return str(path)


@pytest.fixture
def bring_in(stage, roster):
    """Start an import of the roster, with a fault or without."""
    stage.set_clock(datetime(2026, 11, 20, 19, tzinfo=UTC))
    return lambda fault="": stage.start("import_roster", roster, "--apply", "--only-bad", fault=fault)


def assert_everybody_is_there_once() -> None:
    assert (Trainer.objects.count(), Cycle.objects.count()) == (ROWS, ROWS)
    assert HistoryEntry.objects.count() == 3 * ROWS


@pytest.mark.parametrize("window", ["roster.staged", "roster.half_merged", "roster.merged"])
def test_a_roster_import_that_is_killed_stores_no_rows_and_can_be_repeated(bring_in, window):
    assert bring_in(f"{window}:kill").wait(PATIENCE) == -signal.SIGKILL
    for model in (Trainer, Credential, Cycle, HistoryEntry):
        assert not model.objects.exists()
    assert bring_in().wait(PATIENCE) == 0
    assert_everybody_is_there_once()


def test_a_second_simultaneous_roster_import_waits_for_the_first_and_adds_nothing(bring_in):
    first = bring_in("roster.half_merged:stop")
    wait_until_stopped(first.pid)
    second = bring_in()
    wait_until_it_waits(second.pid)
    first.send_signal(signal.SIGCONT)
    assert [first.wait(PATIENCE), second.wait(PATIENCE)] == [0, 0]
    assert_everybody_is_there_once()
