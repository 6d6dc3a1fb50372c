"""A receiver on this machine, and an endpoint that names it."""

from collections.abc import Iterator

import pytest

from tests.receiver import Receiver, open_receiver
from tests.webhooks.scenes import an_endpoint
from webhooks.models import Endpoint


@pytest.fixture(autouse=True)
def _own_network(settings) -> None:
    """Let webhooks reach this machine, where the receiver of the tests is."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]


@pytest.fixture(autouse=True)
def _nine_o_clock(clock_at) -> None:
    clock_at("2027-03-02 09:00")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as receiver:
        yield receiver


@pytest.fixture
def endpoint(db, receiver) -> Endpoint:
    return an_endpoint(receiver.url)
