"""240 kills over every window of the mail machinery (behind --all): nothing lost, nothing doubled, all well in 180 seconds."""

import os

import pytest

from tests.draws import open_periods
from tests.faults import campaign
from tests.faults.scenes import POINTS

pytestmark = [pytest.mark.fault, pytest.mark.slow]
KILLS = int(os.environ.get("PORTAL_KILLS", "240"))
SEED = int(os.environ.get("PORTAL_KILLS_SEED", "20270104"))


@pytest.fixture(autouse=True)
def _draw_periods(real_database):
    """Every renewal is chosen for an audit."""
    open_periods(rate="1")


def test_there_are_at_least_twenty_windows():
    assert len(POINTS) >= 20


def test_kills_anywhere_lose_nothing_and_double_nothing(stage, office, capsys, record_property):
    def say(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)

    done = campaign.run(stage, kills=KILLS, seed=SEED, say=say)
    record_property("table", campaign.table(done))
    say(campaign.table(done))
    assert [struck for struck in done if struck.fault()] == []
    assert len(done) == KILLS
