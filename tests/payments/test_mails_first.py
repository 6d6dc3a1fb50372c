"""Finance sees the mail about money before anything is done, and exactly this mail is sent."""

import pytest
from django.urls import reverse

from outbox.models import Notice
from payments.facts import RefundFacts
from payments.models import LedgerEntry, Refund
from payments.services.refunds import record_refund
from tests.payments.scenes import NOON, kept_payment, mail_of

pytestmark = pytest.mark.django_db
REFUND = {"amount": "30.00", "cause": "our_error", "reason": "Not due.", "how": "provider", "seen": "0"}
HAND = {**REFUND, "how": "hand", "hand_reference": "Transfer 2027-0302/17", "has_left": "on"}


@pytest.fixture
def give_back(charge) -> str:
    payment = kept_payment(charge)
    return reverse("admin:payments_ledgerentry_give_back", args=[payment.pk])


def let_it_return(refund: Refund) -> None:
    """Let the provider report that the money was returned."""
    facts = RefundFacts(
        provider_id="re_1",
        reference=refund.idempotency_key,
        amount_cents=refund.amount_cents,
        currency=refund.currency,
        accepted=True,
    )
    record_refund(facts, at=NOON)


def sent() -> str:
    return mail_of(Notice.objects.filter(kind="payments.returned").get()).text


def test_the_mail_about_a_refund_is_previewed_and_sent_once_the_provider_has_refunded(
    give_back, finance, signed_in
):
    client = signed_in(finance)
    shown = client.post(give_back, REFUND).context["mail"]
    assert "$30" in shown.text
    assert not Refund.objects.exists()
    assert not LedgerEntry.objects.filter(kind="refund").exists()
    assert client.post(give_back, {**REFUND, "confirmed": "yes"}).status_code == 302
    let_it_return(Refund.objects.get())
    assert shown.text == sent()


def test_the_mail_about_a_manual_refund_is_previewed_and_sent_at_once(give_back, finance, signed_in):
    client = signed_in(finance)
    shown = client.post(give_back, HAND).context["mail"]
    assert not Refund.objects.exists()
    assert client.post(give_back, {**HAND, "confirmed": "yes"}).status_code == 302
    assert shown.text == sent()


def test_the_approver_of_a_refund_sees_a_preview_of_its_mail(give_back, finance, second_finance, signed_in):
    assert signed_in(finance).post(give_back, {**REFUND, "amount": "129.00"}).status_code == 302
    waits = Refund.objects.get()
    assert waits.state == "waiting"
    client, approve = signed_in(second_finance), reverse("admin:payments_refund_approve", args=[waits.pk])
    shown = client.post(approve).context["mail"]
    assert client.post(approve, {"confirmed": "yes"}).status_code == 302
    let_it_return(waits)
    assert shown.text == sent()
