"""Recording money that went back by hand, for tests, and a provider that refuses to return it."""

import pytest

from core.errors import Refusal
from payments.errors import ProviderRefused
from payments.models import Refund
from payments.services import request_refund, return_by_hand
from payments.tasks import reconcile
from tests.payments.money import NOON

TRANSFER = "Transfer 2027-0302/17"


def refused_by_the_provider(monkeypatch) -> Refund:
    """The sweep asks for the only refund on its way, and the provider says no."""

    def no(refund):
        raise ProviderRefused("400: The card is closed.")

    with monkeypatch.context() as during:
        during.setattr("payments.gateway.return_payment", no)
        reconcile()
    return Refund.objects.get(state="failed")


def record(payment, by, cents=3000, **changes):
    said = {"cause": "our_error", "reason": "The card is closed.", "hand_reference": TRANSFER, **changes}
    return request_refund(payment, amount_cents=cents, by=by, at=NOON, **said)


def make_good(failed, by, **changes):
    said = {"hand_reference": TRANSFER, "reason": "The card is closed.", **changes}
    return return_by_hand(failed, by=by, at=NOON, **said)


def refusal(code, act, *args, **options) -> str:
    before = list(Refund.objects.values())
    with pytest.raises(Refusal) as found:
        act(*args, **options)
    assert found.value.code == code
    assert list(Refund.objects.values()) == before
    return str(found.value)


def sent_by_the_provider(provider) -> list[int]:
    reconcile()
    return [row["amount"] for row in provider.books.store.every("refund")]
