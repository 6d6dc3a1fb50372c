"""The pages on which finance matches payments: what came beside what was expected, and three buttons."""

import pytest
from django.urls import reverse

from payments.models import Charge, ProviderEvent
from payments.services import receive_event
from tests.cast import colleague
from tests.payments.scenes import LINES, NOON, charge_for, event
from tests.reading import source_of

pytestmark = pytest.mark.django_db


def page(name: str, row) -> str:
    return reverse(f"admin:payments_providerevent_{name}", args=[row.pk])


def test_list_and_page_of_parked_payments_compare_received_and_expected_values(
    other_amount, charge, finance, signed_in
):
    client = signed_in(finance)
    queue = next(one for one in client.get("/staff/").context["queues"] if one.label == "Payments to match")
    assert queue.count == 1
    listed = source_of(client.get(queue.url))
    assert "The amount is 1.00; ours is 129.00." in listed
    assert "1.00 USD" in listed
    shown = source_of(client.get(page("change", other_amount)))
    assert "<li><strong>Amount</strong>: 1.00, expected 129.00: does not fit</li>" in shown
    assert "<li><strong>Currency</strong>: USD, expected USD: fits</li>" in shown
    assert reverse("admin:payments_charge_change", args=[charge.pk]) in shown
    for name in ("credit", "send_back", "dismiss"):
        assert page(name, other_amount) in shown


def test_finance_can_credit_a_payment_without_a_charge_number_on_its_page(
    unnamed, charge, finance, signed_in
):
    client = signed_in(finance)
    assert f'value="{charge.pk}"' in source_of(client.get(page("credit", unnamed)))
    for number in ("", "0", "x", "9" * 30, "-1"):
        assert client.post(page("credit", unnamed), {"charge": number}).status_code == 422
    done = client.post(page("credit", unnamed), {"charge": str(charge.pk), "confirmed": "yes"}, follow=True)
    assert f"The money is booked for charge {charge.pk}" in source_of(done)
    assert Charge.objects.get().state == "paid"


def test_finance_can_return_or_dismiss_a_parked_payment_on_its_page(
    other_amount, session, charge, finance, signed_in
):
    client = signed_in(finance)
    assert client.post(page("credit", other_amount), {"charge": str(charge.pk)}).status_code == 422
    assert client.post(page("send_back", other_amount), {"reason": ""}).status_code == 422
    assert "on its way back" in source_of(
        client.post(page("send_back", other_amount), {"reason": "Why.", "confirmed": "yes"}, follow=True)
    )
    dispute = receive_event(
        event("charge.dispute.created", {"id": "du", "livemode": False}, name="evt_d"), at=NOON
    )
    shown = source_of(client.get(page("change", dispute)))
    assert page("dismiss", dispute) in shown
    assert page("credit", dispute) not in shown
    assert "put away" in source_of(
        client.post(page("dismiss", dispute), {"reason": "Answered."}, follow=True)
    )
    assert not ProviderEvent.objects.filter(state="parked").exists()


def test_staff_outside_finance_can_view_parked_payments_but_not_change_them(unnamed, signed_in):
    client = signed_in(colleague("reviewer"))
    assert page("credit", unnamed) not in source_of(client.get(page("change", unnamed)))
    for name in ("credit", "send_back", "dismiss"):
        assert client.post(page(name, unnamed), {"reason": "x"}).status_code == 403


def test_the_page_of_a_parked_payment_offers_open_charges_of_its_amount_with_their_owners(
    signed_in, finance, unnamed, charge, stranger
):
    other = charge_for(stranger, subject="tests.thing:2")
    cheaper = charge_for(stranger, subject="tests.thing:3", lines=LINES[:1])
    body = signed_in(finance).get(page("credit", unnamed)).content.decode()
    assert f"charge {charge.pk}" in body
    assert f"Sam Stranger, 2000 0001: {other.description}, 129.00 USD, to be paid" in body
    assert f"charge {cheaper.pk}<" not in body


def test_a_charge_found_by_its_number_shows_its_owner_before_the_payment_is_credited(
    signed_in, finance, unnamed, charge, stranger
):
    other = charge_for(stranger, subject="tests.thing:3", lines=LINES[:1])
    browser = signed_in(finance)
    answer = browser.post(page("credit", unnamed), {"number": str(other.pk), "confirmed": "yes"})
    assert answer.status_code == 422
    assert f"Charge {other.pk} is of Sam Stranger." in answer.content.decode()
    unnamed.refresh_from_db()
    assert unnamed.state == "parked"


def test_crediting_a_parked_payment_without_choosing_a_charge_is_refused(signed_in, finance, unnamed):
    answer = signed_in(finance).post(page("credit", unnamed), {"confirmed": "yes"})
    assert answer.status_code == 422
    assert "Choose the charge that was paid." in answer.content.decode()
