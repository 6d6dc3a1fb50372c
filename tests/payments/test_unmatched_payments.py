"""Payments that match no charge: given back with a mail in their own currency, or dismissed so that the trainer can pay again."""

import pytest
from django.urls import reverse

from outbox.models import Notice
from payments.models import CheckoutSession, ProviderEvent, Refund
from payments.services import (
    approve_refund,
    credit_event,
    dismiss_event,
    payment_state,
    receive_event,
    return_event,
)
from payments.tasks import reconcile_payments
from tests.cast import colleague
from tests.payments.scenes import NOON, charge_for, mail_of, make_good, paid, refused_by_the_provider, visit
from tests.reading import source_of

pytestmark = pytest.mark.django_db
RETURNED = "payments.returned"


@pytest.fixture
def euros(session):
    """129.00 EUR by Jordan's page."""
    return receive_event(paid(session, currency="eur"), at=NOON)


def test_the_mail_about_a_returned_unmatched_payment_names_its_currency(
    euros, jordan, stranger, finance, monkeypatch
):
    second_finance = colleague("second_finance")
    return_event(euros, reason="Euros.", by=finance, at=NOON)
    approve_refund(Refund.objects.get(), by=second_finance, at=NOON)
    assert not Notice.objects.filter(kind=RETURNED).exists()
    approve_refund(make_good(refused_by_the_provider(monkeypatch), finance), by=second_finance, at=NOON)
    notice = Notice.objects.get(kind=RETURNED)
    assert notice.trainer == jordan
    message = mail_of(notice)
    assert message.title == "We returned 129.00 EUR to you on March 2, 2027"
    assert "We returned 129.00 EUR to you by bank transfer or check" in message.text
    for part in (message.text, message.html):
        assert "This payment did not fit what we asked you for, so we could not use it." in part


def test_an_unmatched_payment_is_returned_once_and_mailed_once(charge, jordan, provider, finance):
    page = provider.go(charge)
    row = provider.books.page(page)
    with provider.stand_in.store.change():
        provider.stand_in.store.put("session", {**row, "amount_total": 5000})
    provider.books.pay(page)
    provider.deliver_due()
    return_event(ProviderEvent.objects.get(), reason="Another amount.", by=finance, at=NOON)
    for _ in range(2):
        reconcile_payments()
        provider.deliver_due()
    notice = Notice.objects.get(kind=RETURNED)
    assert notice.trainer == jordan
    assert mail_of(notice).title == "We returned $50 to you on March 2, 2027"
    assert payment_state(charge) == "abandoned"


def test_returning_a_payment_of_an_unknown_trainer_sends_no_mail(finance, jordan, monkeypatch):
    elsewhere = visit(charge_for(jordan))
    message = paid(elsewhere, client_reference_id="nobody", metadata={}, id="cs_other", amount_total=5000)
    event = receive_event(message, at=NOON)
    return_event(event, reason="Whose?", by=finance, at=NOON)
    make_good(refused_by_the_provider(monkeypatch), finance)
    assert not Notice.objects.filter(kind=RETURNED).exists()


def test_dismissing_a_parked_payment_lets_the_trainer_pay_again(euros, session, charge, provider, finance):
    dismiss_event(euros, reason="Returned on the provider's own site.", by=finance, at=NOON)
    assert CheckoutSession.objects.get().state == "expired"
    assert provider.go(charge) != session.provider_id


def test_dismissing_a_message_does_not_undo_a_settled_payment(session, charge, finance):
    first = receive_event(paid(session, metadata={}, name="evt_1"), at=NOON)
    second = receive_event(paid(session, metadata={}, name="evt_2"), at=NOON)
    dismiss_event(second, reason="The same.", by=finance, at=NOON)
    credit_event(first, charge=charge, by=finance, at=NOON)
    assert CheckoutSession.objects.get().state == "complete"
    charge.refresh_from_db()
    assert payment_state(charge) == "paid"


# --- what finance reads


def test_pages_of_a_parked_payment_show_the_likely_trainer_and_the_approval_limit(
    euros, charge, jordan, finance, signed_in
):
    client = signed_in(finance)
    shown = source_of(client.get(reverse("admin:payments_providerevent_change", args=[euros.pk])))
    assert "<h1>129.00 EUR: waits for staff</h1>" in shown
    who = f"charge {charge.pk}, Renewal of certification 1193 4482, Jordan Rivera"
    assert f"Expected: {who}" in shown
    asked = source_of(client.get(reverse("admin:payments_providerevent_send_back", args=[euros.pk])))
    likely = f"Most likely from Jordan Rivera, for charge {charge.pk}: Renewal of certification 1193 4482."
    assert likely in asked
    assert "Above 100.00 USD a second person must approve." in asked
    return_event(euros, reason="Euros.", by=finance, at=NOON)
    waits = reverse("admin:payments_refund_approve", args=[Refund.objects.get().pk])
    assert "Approve the refund to Jordan Rivera" in source_of(
        signed_in(colleague("second_finance")).get(waits)
    )


def test_the_page_of_a_parked_payment_says_when_its_trainer_is_unknown_and_shows_charge_numbers(
    charge, finance, signed_in
):
    message = paid(visit(charge), client_reference_id="nobody", metadata={}, id="cs_other")
    event, client = receive_event(message, at=NOON), signed_in(finance)
    for name in ("change", "credit"):
        shown = source_of(client.get(reverse(f"admin:payments_providerevent_{name}", args=[event.pk])))
        assert "Nothing in the message says whose it is." in shown
        assert "expected" not in shown.replace("what was expected", "")
    listed = source_of(client.get(reverse("admin:payments_charge_changelist")))
    assert f'class="field-number">{charge.pk}</td>' in listed
    row = source_of(client.get(reverse("admin:payments_charge_change", args=[charge.pk])))
    assert f'<label>Number:</label> <div class="readonly">{charge.pk}</div>' in row
    assert "Not paid yet" in row
