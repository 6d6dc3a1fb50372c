"""A renewal fee is refunded by the policy of its day of receipt, and always when the cause is our
own error (Q21).
"""

import pytest

from core.errors import Refusal
from payments.models import LedgerEntry
from payments.services import receive_event, request_refund
from renewals.models import Application
from renewals.services import advance_application, withdraw_application
from tests import factories
from tests.cast import colleague
from tests.payments.scenes import NOON, paid, visit
from tests.policies import follow, with_figures
from tests.renewals import scenes

pytestmark = pytest.mark.django_db
BEGUN = "The review of this renewal has begun, so its fee is not returned."
GOES_ON = "This renewal still goes on. Its fee can go back once it has ended."


@pytest.fixture
def policy(monkeypatch):
    """`policy("never")`: until when the policy returns a renewal fee; people look at every renewal."""

    def put(until: str) -> None:
        follow(with_figures(auto_approve=False, renewal_refundable_until=until), monkeypatch)

    return put


@pytest.fixture
def renewal(jordan, policy):
    """A renewal that is paid and has not advanced yet: the payment was reported a moment ago."""
    policy("review")
    factories.everything_met(jordan)
    application = scenes.submit(jordan, "2027-03-02")
    receive_event(paid(visit(application.charge)), at=NOON)
    return application


def ask(cause="wish"):
    payment = LedgerEntry.objects.get(kind="payment")
    finance = colleague("finance")
    return request_refund(payment, amount_cents=9900, cause=cause, reason="Why.", by=finance, at=NOON)


def brought_to(application: Application, state: str) -> None:
    if state != "submitted":
        advance_application(application, at=NOON)
    if state == "withdrawn":
        withdraw_application(application, by=application.trainer, at=NOON)
    elif state not in ("submitted", "in_review"):
        Application.objects.filter(pk=application.pk).update(state=state, ended_at=NOON)
    application.refresh_from_db()
    assert application.state == state


@pytest.mark.parametrize(
    ("until", "state", "sentence"),
    [
        ("review", "submitted", GOES_ON),
        ("review", "in_review", BEGUN),
        ("review", "withdrawn", BEGUN),
        ("review", "denied", BEGUN),
        ("never", "submitted", "The policy returns no renewal fee."),
        ("never", "withdrawn", "The policy returns no renewal fee."),
        ("approval", "in_review", GOES_ON),
        ("approval", "withdrawn", ""),
        ("approval", "denied", ""),
    ],
)
def test_a_renewal_fee_is_refunded_on_request_only_until_the_policys_last_day(
    renewal, policy, until, state, sentence
):
    policy(until)
    brought_to(renewal, state)
    if not sentence:
        assert ask().state == "requested"
        return
    with pytest.raises(Refusal) as refused:
        ask()
    assert (str(refused.value), refused.value.code) == (sentence, "not_refundable")


@pytest.mark.parametrize("state", ["in_review", "withdrawn", "denied"])
def test_a_renewal_fee_can_be_refunded_for_our_own_error_on_any_day(renewal, policy, state):
    policy("never")
    brought_to(renewal, state)
    assert ask("our_error").state == "requested"
