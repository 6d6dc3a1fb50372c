"""A charge of Jordan's, and the provider: the local stand-in on a free port, called through the real SDK."""

import pytest
from django.test import Client

from demo.standin.server import StandIn
from payments.invariants import CHECKS
from payments.models import Refund
from payments.services import receive_event
from tests.payments.scenes import (
    KEY,
    NOON,
    SECRET,
    Payer,
    charge_for,
    paid,
    pay_twice,
    refused_by_the_provider,
    visit,
)


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    """March 2, 2027, noon in Phoenix, for us and for the stand-in."""
    assert clock_at("2027-03-02") == NOON
    return NOON


@pytest.fixture(autouse=True)
def _even_books(request):
    """After every test that touches rows: nothing happened that must never happen to money."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
    elif "real_database" in request.fixturenames:
        request.getfixturevalue("real_database")
    else:
        yield
        return
    yield
    if "tampered" not in request.fixturenames:
        assert [sentence for check in CHECKS for sentence in check.find()] == []


@pytest.fixture
def tampered():
    """For tests that change rows by hand, as no service would."""


@pytest.fixture
def charge(jordan):
    return charge_for(jordan)


@pytest.fixture
def secrets(settings):
    """Two active secrets, as while one replaces the other."""
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_the_new_one", SECRET]


@pytest.fixture
def session(charge):
    """An open visit for the charge."""
    return visit(charge)


@pytest.fixture
def provider(tmp_path, settings):
    """The stand-in, its messages sent to our webhook only when a test says `provider.deliver_due()`."""
    portal = Client()

    def post(body: bytes, signature: str) -> int:
        headers = {"Stripe-Signature": signature}
        answer = portal.post("/payments/webhook/", body, content_type="application/json", headers=headers)
        return answer.status_code

    settings.STRIPE_API_KEY, settings.STRIPE_WEBHOOK_SECRETS = KEY, [SECRET]
    stand_in = StandIn(port=0, file=tmp_path / "stand_in.sqlite3", key=KEY, secret=SECRET, post=post)
    settings.STRIPE_API_BASE = stand_in.base
    stand_in.start(delivering=False)
    yield Payer(stand_in)
    stand_in.stop()


@pytest.fixture
def base(tmp_path, settings):
    """The stand-in, which posts nothing, for us and for other processes: those run with the portal's own settings."""
    key, secret = settings.STRIPE_API_KEY, settings.STRIPE_WEBHOOK_SECRETS[0]
    stand_in = StandIn(port=0, file=tmp_path / "books", key=key, secret=secret, post=lambda body, signed: 200)
    settings.STRIPE_API_BASE = stand_in.base
    yield stand_in.start(delivering=False)
    stand_in.stop()


@pytest.fixture
def payment(charge, provider):
    """Jordan's $129.00, taken and kept."""
    return provider.settle(charge)


@pytest.fixture
def failed(charge, monkeypatch) -> Refund:
    """A second payment of $129.00 that the provider refused to return."""
    pay_twice(charge)
    return refused_by_the_provider(monkeypatch)


@pytest.fixture
def unnamed(session):
    """$129.00 that came by Jordan's payment page without the charge's number."""
    parked = receive_event(paid(session, metadata={}), at=NOON)
    assert parked.state == "parked"
    return parked


@pytest.fixture
def other_amount(session):
    """$1.00 by Jordan's page."""
    return receive_event(paid(session, amount_total=100), at=NOON)
