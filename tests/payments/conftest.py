"""A charge of Jordan's, and the payment provider: the local stand-in on a free port, called through
the provider's real library.
"""

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
    """Set both clocks, ours and the stand-in's, to noon of March 2, 2027, in Phoenix."""
    assert clock_at("2027-03-02") == NOON
    return NOON


@pytest.fixture(autouse=True)
def _even_books(request):
    """Check, after every test that uses the database, that no invariant of money is broken."""
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
    """Set two webhook secrets, as while a new one replaces the old one."""
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_the_new_one", SECRET]


@pytest.fixture
def session(charge):
    """An open visit for the charge."""
    return visit(charge)


@pytest.fixture
def provider(tmp_path, settings):
    """Start the stand-in. It posts its webhooks to the portal only when a test calls
    `provider.deliver_due()`.
    """
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
    """Start the stand-in without webhooks, for this process and for others, which run with the
    portal's own settings.
    """
    key, secret = settings.STRIPE_API_KEY, settings.STRIPE_WEBHOOK_SECRETS[0]
    stand_in = StandIn(port=0, file=tmp_path / "books", key=key, secret=secret, post=lambda body, signed: 200)
    settings.STRIPE_API_BASE = stand_in.base
    yield stand_in.start(delivering=False)
    stand_in.stop()


@pytest.fixture
def payment(charge, provider):
    """Return Jordan's credited payment of $129.00."""
    return provider.settle(charge)


@pytest.fixture
def failed(charge, monkeypatch) -> Refund:
    """Return the failed refund of Jordan's second payment of $129.00: the provider refused to return it."""
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
