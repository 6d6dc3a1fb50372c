"""Genuine messages that do not match our charge are never credited and wait for staff."""

import copy

import pytest

from payments.models import ProviderEvent
from tests.payments.scenes import event, everything, page_object, paid, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("secrets")]


def changed(**changes):
    return lambda s: paid(s, **changes)


def without(*path):
    def make(session):
        message = copy.deepcopy(paid(session))
        place = message
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]
        return message

    return make


OBJECT = ("data", "object")
UNFIT = {
    "a cent less": (changed(amount_total=12899), "The amount is 128.99; ours is 129.00."),
    "a cent more": (changed(amount_total=12901), "The amount is 129.01; ours is 129.00."),
    "nothing paid": (changed(amount_total=0, payment_status="no_payment_required"), "The page is complete"),
    "a negative amount": (changed(amount_total=-12900), "The amount is -129.00"),
    "an amount in words": (changed(amount_total="12900"), "amount_total is missing"),
    "an amount with decimals": (changed(amount_total=12900.0), "amount_total is missing"),
    "an amount that is true": (changed(amount_total=True), "amount_total is missing"),
    "an amount of 100 digits": (changed(amount_total=10**100), "The amount is 1000"),
    "another currency": (changed(currency="cad"), "The currency is CAD; ours is USD."),
    "another charge": (changed(metadata={"charge": "999999"}), "The charge is 999999; ours is"),
    "no charge": (changed(metadata={}), "metadata.charge is missing"),
    "metadata that is text": (changed(metadata="charge"), "metadata.charge is missing"),
    "another reference": (changed(client_reference_id="checkout-x"), "The reference is checkout-x; ours is"),
    "another page of our reference": (
        changed(id="cs_test_other"),
        "The payment page is cs_test_other; ours is",
    ),
    "a page that we never opened": (
        changed(id="cs_test_unknown", client_reference_id="unknown"),
        "No payment page of ours",
    ),
    "real money for a practice charge": (
        lambda s: event("checkout.session.completed", page_object(s, livemode=True), livemode=True),
        "Real or test money is True; ours is False.",
    ),
    "an envelope that disagrees about real money": (changed(livemode=True), "disagree about real money"),
    "a payment without a name": (changed(payment_intent=None), "payment_intent is missing"),
    "no amount": (without(*OBJECT, "amount_total"), "amount_total is missing"),
    "no currency": (without(*OBJECT, "currency"), "currency is missing"),
    "no page": (without(*OBJECT, "id"), "id is missing"),
    "no reference": (without(*OBJECT, "client_reference_id"), "client_reference_id is missing"),
    "no payment status": (without(*OBJECT, "payment_status"), "The page is complete"),
    "no object": (without("data", "object"), "data.object is missing"),
    "no data": (without("data"), "data.object is missing"),
    "no word about real money": (without("livemode"), "livemode is missing"),
    "no moment": (without("created"), "created is missing"),
    "a moment beyond all calendars": (lambda s: paid(s) | {"created": 10**17}, "created is not a moment."),
    "settled and unpaid at once": (
        lambda s: event("checkout.session.async_payment_succeeded", page_object(s, payment_status="unpaid")),
        "called settled and not paid",
    ),
    "a dispute without its amount": (
        lambda s: event("charge.dispute.created", {"id": "du_1", "livemode": False}),
        "amount is missing",
    ),
    "a dispute about a payment that we never took": (
        lambda s: event(
            "charge.dispute.created",
            {
                "id": "du_1",
                "amount": 1,
                "currency": "usd",
                "livemode": False,
                "status": "lost",
                "payment_intent": "pi_x",
            },
        ),
        "A bank disputes the payment pi_x, which is not in our books.",
    ),
    "a warning of fraud": (
        lambda s: event(
            "radar.early_fraud_warning.created",
            {
                "id": "issfr_1",
                "livemode": False,
                "fraud_type": "made_with_stolen_card",
                "payment_intent": "pi_x",
            },
        ),
        "The bank warns of fraud (made with stolen card). A dispute may follow: look at the payment now.",
    ),
    "a refund of a payment that we never took": (
        lambda s: event(
            "refund.created",
            {"id": "re_1", "amount": 1, "currency": "usd", "status": "succeeded", "payment_intent": "pi_x"},
        ),
        "is of the payment pi_x, which is not in our books.",
    ),
    "a refund that we never asked for": (
        lambda s: event(
            "refund.created", {"id": "re_1", "amount": 12900, "currency": "usd", "status": "succeeded"}
        ),
        "was not asked for here",
    ),
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_webhook_message_that_does_not_match_its_charge_is_parked_for_staff(session, name):
    make, why = UNFIT[name]
    before = everything()
    assert send(make(session)).status_code == 200
    kept = ProviderEvent.objects.get()
    assert kept.state == "parked"
    assert why in kept.note
    assert everything() == before
