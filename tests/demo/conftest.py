"""The demo, loaded once as `./portal up --today 2027-02-15` loads it, and the payment stand-in by itself."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import stripe
from django.db import connections

from core import clock
from demo.standin.server import StandIn
from tests.demo.scenes import PAGE, Mailbox
from tests.payments.scenes import KEY, SECRET
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


@pytest.fixture
def mailbox(clock_at) -> Mailbox:
    """It is noon on March 2, 2027, for whoever delivers to it."""
    clock_at("2027-03-02")
    return Mailbox()


@pytest.fixture
def stand_in(tmp_path, mailbox) -> Iterator[StandIn]:
    made = StandIn(port=0, file=tmp_path / "books.sqlite3", key=KEY, secret=SECRET, post=mailbox)
    yield made.start(delivering=False)
    made.stop()


@pytest.fixture
def sdk(stand_in):
    """The real SDK, as another program would use it."""
    http = stripe.RequestsClient()
    yield stripe.StripeClient(KEY, base_addresses={"api": stand_in.base}, http_client=http).v1
    http.close()


@pytest.fixture
def page(sdk):
    """An open payment page for $99.00."""
    return sdk.checkout.sessions.create(PAGE)
