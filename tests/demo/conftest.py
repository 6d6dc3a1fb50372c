"""The demo, loaded once for all its tests, as `./portal up --today 2027-02-15` would; read by this process."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from recert import clock
from tests.throwaway import Throwaway

DAY = "2027-02-15"
LATE_THAT_DAY = datetime(2027, 2, 15, 23, 59, tzinfo=ZoneInfo("America/Phoenix"))


@dataclass(frozen=True)
class Loaded:
    database: Throwaway
    said: str

    @property
    def var(self) -> Path:
        return Path(self.database.env["PORTAL_VAR"])


@pytest.fixture(scope="module")
def loaded(_workshop) -> Iterator[Loaded]:
    made = _workshop.make()
    made.env["PORTAL_TODAY"] = DAY
    done = made.manage("load_demo")
    assert done.returncode == 0, done.stderr
    yield Loaded(made, done.stdout)
    _workshop.drop(made)


@pytest.fixture
def demo(loaded, django_db_blocker) -> Iterator[Loaded]:
    """The loaded database as this process's default connection, late in the evening of its day. Only to be read."""
    described = connections.settings["default"]
    kept, before = connections["default"], described["NAME"]
    with django_db_blocker.unblock(), clock.moved_to(LATE_THAT_DAY):
        del connections["default"]
        described["NAME"] = loaded.database.name
        try:
            yield loaded
        finally:
            connections["default"].close()
            described["NAME"] = before
            connections["default"] = kept
