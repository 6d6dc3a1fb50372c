"""240 kills over every crash window (behind --all): nothing lost, nothing doubled, recovered in 180 seconds."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.audits.scenes import open_periods
from tests.faults import campaign
from tests.faults.scenes import POINTS
from tests.faults.servers import Redis
from tests.faults.stage import Stage, on_stage

pytestmark = [pytest.mark.fault, pytest.mark.slow]
KILLS = int(os.environ.get("PORTAL_KILLS", "240"))
SEED = int(os.environ.get("PORTAL_KILLS_SEED", "20270104"))


@pytest.fixture(autouse=True)
def _draw_periods(real_database):
    """Every renewal is chosen for an audit."""
    open_periods(rate="1")


@pytest.fixture
def broker() -> Iterator[str]:
    """PostgreSQL is served with Redis, as in production; SQLite with the embedded broker."""
    if connection.vendor != "postgresql":
        yield ""
        return
    server = Redis().open()
    yield server.url
    server.close()


@pytest.fixture
def stage(real_database, tmp_path, monkeypatch, broker) -> Iterator[Stage]:
    """On the broker that goes with the engine."""
    yield from on_stage(tmp_path, real_database, monkeypatch, broker)


def test_the_crash_tests_of_mail_cover_at_least_20_crash_points():
    assert len(POINTS) >= 20


def test_killing_processes_at_any_crash_point_loses_and_duplicates_no_mail(
    stage, office, capsys, record_property
):
    def say(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)

    done = campaign.run(stage, kills=KILLS, seed=SEED, say=say)
    record_property("table", campaign.table(done))
    say(campaign.table(done))
    assert [struck for struck in done if struck.fault()] == []
    assert len(done) == KILLS
