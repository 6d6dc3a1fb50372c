"""The pages on which finance records a refund by hand, and where its reference is shown."""

import csv
import io
from html import unescape

import pytest
from django.urls import reverse

from payments.models import Refund
from payments.tasks import reconcile_payments
from tests.cast import member
from tests.payments.scenes import TRANSFER, kept_payment
from tests.reading import source_of, words_of

pytestmark = pytest.mark.django_db
SAID = {
    "amount": "30.00",
    "cause": "our_error",
    "reason": "The card is closed.",
    "how": "hand",
    "hand_reference": TRANSFER,
    "has_left": "on",
    "seen": "0",
    "confirmed": "yes",  # the mail was read
}


@pytest.fixture
def payment(charge):
    return kept_payment(charge)


def page(name: str, row) -> str:
    return reverse(f"admin:payments_{row._meta.model_name}_{name}", args=[row.pk])


def text(answer) -> str:
    return unescape(source_of(answer))


def test_a_manual_refund_can_be_recorded_on_the_refund_page(payment, finance, signed_in):
    client, address = signed_in(finance), page("give_back", payment)
    asked = text(client.get(address))
    for words in (
        "The portal sends it to the card or account that paid",
        "It was already returned by hand: by bank transfer or check",
        "Only for money returned by hand. The trainer reads it in the email,",
        "I checked that the money has left. The portal sends nothing.",
    ):
        assert words in asked
    for _ in range(2):
        done = client.post(address, SAID, follow=True)
        assert f"30.00 USD is recorded as returned by hand, reference {TRANSFER}." in text(done)
    refund = Refund.objects.get()
    assert (refund.state, refund.amount_cents, refund.hand_reference) == ("returned", 3000, TRANSFER)
    shown = text(client.get(reverse("admin:payments_refund_changelist"), {"q": TRANSFER}))
    assert f"By hand, {TRANSFER}" in shown
    assert "1 refund" in shown


def test_the_second_person_sees_that_a_large_refund_was_made_by_hand(
    payment, finance, second_finance, signed_in
):
    done = signed_in(finance).post(page("give_back", payment), {**SAID, "amount": "129.00"}, follow=True)
    assert "129.00 USD waits for a second person." in text(done)
    waits, client = Refund.objects.get(), signed_in(second_finance)
    asked = text(client.get(page("approve", waits)))
    says = (
        "Fay Finance says that 129.00 USD of Renewal of certification 1193 4482 was already returned by hand"
    )
    assert f"{says}, with the reference {TRANSFER}." in asked
    assert "The portal sends no money." in asked
    assert "Nothing is booked. Nobody gets an email." in text(client.get(page("refuse", waits)))
    done = text(client.post(page("approve", waits), {"confirmed": "yes"}, follow=True))
    assert f"129.00 USD is recorded as returned by hand, reference {TRANSFER}." in done
    assert Refund.objects.get().state == "returned"


def test_a_failed_refund_is_on_the_today_page_until_another_refund_replaces_it(
    failed, finance, second_finance, signed_in
):
    client = signed_in(finance)
    queue = {one.label: one for one in client.get("/staff/").context["queues"]}["Refunds that failed"]
    assert (queue.count, queue.late) == (1, 1)
    assert "1 refund" in text(client.get(queue.url))
    assert f'href="{page("by_hand", failed)}"' in text(client.get(page("change", failed)))
    assert "record it on the page of that refund" in text(client.get(page("give_back", failed.payment)))
    asked = text(client.get(page("by_hand", failed)))
    refused = "The provider refused to return 129.00 USD of Renewal of certification 1193 4482"
    assert f"{refused}: 400: The card is closed." in asked
    said = {key: SAID[key] for key in ("hand_reference", "has_left", "reason", "confirmed")}
    assert client.post(page("by_hand", failed), {**said, "has_left": ""}).status_code == 422
    done = text(client.post(page("by_hand", failed), said, follow=True))
    assert "129.00 USD waits for a second person." in done
    shown = text(client.get(page("change", failed)))
    assert page("by_hand", failed) not in shown
    assert "129.00 USD, waits for a second person (By hand, Transfer 2027-0302/17)" in shown
    signed_in(second_finance).post(page("approve", failed.answers.get()), {"confirmed": "yes"})
    queues = {one.label: one.count for one in client.get("/staff/").context["queues"]}
    assert (queues["Refunds that failed"], queues["Refunds to approve"]) == (0, 0)
    assert "0 refunds" in text(client.get(queue.url))


def test_the_today_page_shows_that_nothing_waits_only_when_all_own_queues_are_empty(
    failed, signed_in, finance, reviewer
):
    shown = signed_in(finance).get("/staff/")
    assert shown.context["summary"] == "no case waits for you"
    assert "No case waits for you" in shown.content.decode()
    assert "Nothing waits for you" not in shown.content.decode()
    calm = signed_in(reviewer).get("/staff/")
    assert calm.context["summary"] == "nothing waits for you"
    assert "Nothing waits for you" in calm.content.decode()


def test_staff_outside_finance_cannot_record_a_manual_refund(failed, signed_in, finance):
    for group in ("reviewer", "lead", "registrar", "read-only"):
        client = signed_in(member(f"{group.title()} Person", group))
        assert "returned by hand" not in text(client.get(page("change", failed)))
        assert client.get(page("by_hand", failed)).status_code == 403
        assert client.post(page("by_hand", failed), SAID).status_code == 403


def test_the_reference_of_a_manual_refund_is_on_receipt_pdf_and_statement(
    payment, finance, jordan, stranger, signed_in
):
    signed_in(finance).post(page("give_back", payment), SAID)
    client, receipt = signed_in(jordan), f"/payments/{payment.charge_id}/receipt/"
    shown = text(client.get(receipt))
    assert "$30.00 returned to you" in shown
    assert f"Our own error, by bank transfer or check · Reference {TRANSFER}" in shown
    paper = " ".join(words_of(client.get(f"{receipt[:-1]}.pdf").content))
    assert f"Our own error, by bank transfer or check. Reference {TRANSFER}" in paper
    words = f"Refund: Our own error, by bank transfer or check, reference {TRANSFER}"
    assert words in text(client.get("/payments/"))
    rows = list(csv.reader(io.StringIO(client.get("/payments/statement.csv").content.decode("utf-8-sig"))))
    assert rows[3][1:] == [
        "Refund",
        "Renewal of certification 1193 4482",
        "30.00",
        "30.00",
        "USD",
        "Our own error, by bank transfer or check",
        TRANSFER,
    ]
    month = (
        signed_in(finance)
        .get("/staff/payments/ledgerentry/months/?month=2027-03")
        .content.decode("utf-8-sig")
    )
    assert f"Fay Finance,{TRANSFER}" in month
    assert TRANSFER not in text(signed_in(stranger).get("/payments/"))


def test_a_manual_refund_reference_that_looks_like_a_formula_is_exported_as_text(
    payment, finance, jordan, signed_in
):
    signed_in(finance).post(page("give_back", payment), {**SAID, "hand_reference": "=1+1"})
    assert "'=1+1" in signed_in(jordan).get("/payments/statement.csv").content.decode("utf-8-sig")


def test_the_sweep_sends_no_manual_refund_to_the_provider(payment, finance, signed_in, monkeypatch):
    signed_in(finance).post(page("give_back", payment), SAID)
    asked = []
    monkeypatch.setattr("payments.gateway.return_payment", asked.append)
    reconcile_payments()
    assert asked == []
