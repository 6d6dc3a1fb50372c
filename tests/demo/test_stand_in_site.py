"""The provider's own site at the stand-in: disputes, refunds made there, refunds that fail, warnings (Q31)."""

import pytest

from tests.demo.scenes import browse


@pytest.fixture
def payment(sdk, page):
    browse(page.url, do="pay")
    return sdk.checkout.sessions.retrieve(page.id).payment_intent


def told(stand_in):
    return [event["type"] for event in stand_in.store.every("event")][1:]


def site(stand_in, kind, name, **form):
    return browse(f"{stand_in.base}/{kind}/{name}", **form)


@pytest.mark.parametrize(
    ("answer", "status", "events"),
    [
        ("won", "won", ["charge.dispute.closed", "charge.dispute.funds_reinstated"]),
        ("lost", "lost", ["charge.dispute.closed"]),
    ],
)
def test_a_payment_can_be_disputed_and_the_dispute_closed_on_the_stand_in_site(
    stand_in, payment, answer, status, events
):
    site(stand_in, "payments", payment, do="dispute")
    (dispute,) = stand_in.store.every("dispute")
    assert (dispute["payment_intent"], dispute["status"]) == (payment, "needs_response")
    site(stand_in, "disputes", dispute["id"], do="answer")
    assert site(stand_in, "disputes", dispute["id"], do=answer)[0] == 303
    site(stand_in, "disputes", dispute["id"], do="lost")  # the bank decides once
    opened = ["charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.updated"]
    assert told(stand_in) == [*opened, *events]
    assert stand_in.store.every("dispute")[0]["status"] == status
    assert "The bank has decided." in site(stand_in, "disputes", dispute["id"])[1]


def test_a_payment_can_be_refunded_on_the_stand_in_site_and_the_refund_can_fail(stand_in, payment):
    site(stand_in, "payments", payment, do="refund")
    (refund,) = stand_in.store.every("refund")
    site(stand_in, "payments", payment, do=f"fail {refund['id']}")
    assert told(stand_in) == ["refund.created", "charge.refunded", "refund.failed"]
    assert "Give it back here" in site(stand_in, "payments", payment)[1]  # the money is there again


def test_the_stand_in_site_can_send_a_fraud_warning(stand_in, payment):
    site(stand_in, "payments", payment, do="warn")
    assert told(stand_in) == ["radar.early_fraud_warning.created"]


@pytest.mark.parametrize("address", ["payments/pi_none", "disputes/dp_none", "disputes/"])
def test_an_unknown_payment_or_dispute_on_the_stand_in_site_gives_404(stand_in, address):
    assert browse(f"{stand_in.base}/{address}")[0] == 404
