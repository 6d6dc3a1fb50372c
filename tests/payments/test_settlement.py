"""Money that arrives is credited once, in any order of messages, or returned."""

import pytest

from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, CheckoutSession, LedgerEntry
from payments.services import payment_state, receive_event
from payments.signals import charge_settled
from tests.guards.changes import refused_by
from tests.payments.scenes import NOON, balance, open_page, paid, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled():
    """The charges that were announced as settled."""
    heard = []

    def listen(sender, charge, **kwargs):
        heard.append(charge.pk)

    charge_settled.connect(listen)
    yield heard
    charge_settled.disconnect(listen)


def test_a_payment_settles_the_charge_and_sends_each_notice_once(
    charge, provider, settled, django_capture_on_commit_callbacks
):
    provider.pay(charge)
    with django_capture_on_commit_callbacks(execute=True):
        provider.deliver_due()
    charge.refresh_from_db()
    assert (charge.state, charge.paid_at) == ("paid", NOON)
    assert payment_state(charge) == "paid"
    assert balance(charge) == 0
    assert settled == [charge.pk]
    assert Notice.objects.get().kind == "payments.receipt"
    entry = HistoryEntry.objects.get(verb="settled")
    assert (entry.from_state, entry.to_state) == ("open", "paid")
    payment = LedgerEntry.objects.get(kind="payment")
    assert entry.detail == {"payment": payment.provider_ref}
    assert CheckoutSession.objects.get().payment_ref == payment.provider_ref


def test_a_failing_signal_listener_does_not_undo_a_payment(
    charge, provider, django_capture_on_commit_callbacks
):
    def broken(sender, charge, **kwargs):
        raise RuntimeError("an app above is out of order")

    charge_settled.connect(broken)
    try:
        provider.pay(charge)
        with django_capture_on_commit_callbacks(execute=True):
            assert provider.deliver_due() == 1
    finally:
        charge_settled.disconnect(broken)
    assert Charge.objects.get().state == "paid"


def test_a_payment_at_a_slow_bank_settles_when_the_bank_confirms(charge, provider, clock_at):
    page = provider.go(charge)
    provider.books.wait_for_bank(page)
    provider.deliver_due()
    assert payment_state(Charge.objects.get()) == "confirming"
    assert balance(charge) == 12900
    assert Notice.objects.get().kind == "payments.confirming"
    minute_later = clock_at("2027-03-02 12:01")
    provider.deliver_due()
    assert payment_state(Charge.objects.get()) == "paid"
    assert Charge.objects.get().paid_at == minute_later


def test_a_charge_refused_by_a_slow_bank_can_be_paid_again(charge, provider):
    provider.decline_slowly(charge)
    assert payment_state(Charge.objects.get()) == "declined"
    assert Notice.objects.filter(kind="payments.declined").count() == 1
    provider.settle(charge)
    assert payment_state(Charge.objects.get()) == "paid"


def test_after_a_declined_card_the_payment_page_stays_open_for_another_try(charge, provider):
    page = provider.go(charge)
    provider.books.decline(page)
    provider.deliver_due()
    assert payment_state(Charge.objects.get()) == "declined"
    assert CheckoutSession.objects.get().state == "open"
    assert open_page(charge) == CheckoutSession.objects.get().url
    provider.books.pay(page)
    provider.deliver_due()
    assert payment_state(Charge.objects.get()) == "paid"


def test_a_charge_whose_payer_left_the_payment_page_counts_as_abandoned(charge, provider, clock_at):
    assert payment_state(charge) == "unpaid"
    provider.go(charge)
    assert payment_state(charge) == "abandoned"
    clock_at("2027-03-03 11:00")
    provider.deliver_due()
    assert CheckoutSession.objects.get().state == "expired"
    assert payment_state(charge) == "abandoned"


def test_the_database_refuses_to_change_a_completed_checkout_session(charge):
    receive_event(paid(visit(charge)), at=NOON)
    with refused_by("payments_checkoutsession_steps"):
        CheckoutSession.objects.update(state="declined")
