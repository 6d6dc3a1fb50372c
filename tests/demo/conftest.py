"""The demo, loaded once for all its tests, as `./portal up --today 2027-02-15` would; read by this process."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from core import clock
from tests.throwaway import DEMO_DAY, Demo

LATE_THAT_DAY = datetime.fromisoformat(f"{DEMO_DAY} 23:59").replace(tzinfo=ZoneInfo("America/Phoenix"))


@pytest.fixture(scope="module")
def loaded(_workshop, demo_original) -> Iterator[Demo]:
    made = _workshop.make(demo_original.database)
    made.env["PORTAL_TODAY"] = DEMO_DAY
    yield Demo(made, demo_original.said)
    _workshop.drop(made)


@pytest.fixture
def demo(loaded, django_db_blocker) -> Iterator[Demo]:
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
