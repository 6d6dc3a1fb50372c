"""The API of the payment stand-in is as strict as the provider's."""

import pytest
import stripe

from demo.standin.api import nested_fields
from tests.demo.scenes import PAGE, browse
from tests.payments.scenes import NOON


def test_the_same_idempotency_key_and_request_return_the_same_checkout_page(stand_in, sdk):
    first = sdk.checkout.sessions.create(PAGE, {"idempotency_key": "k"})
    again = sdk.checkout.sessions.create(PAGE, {"idempotency_key": "k"})
    assert first.id == again.id
    assert len(stand_in.store.every("session")) == 1


def test_the_same_idempotency_key_with_another_request_is_an_error(sdk):
    sdk.checkout.sessions.create(PAGE, {"idempotency_key": "k"})
    with pytest.raises(stripe.IdempotencyError):
        sdk.checkout.sessions.create({**PAGE, "client_reference_id": "ref-2"}, {"idempotency_key": "k"})


def test_a_refused_request_does_not_consume_its_idempotency_key(sdk):
    with pytest.raises(stripe.InvalidRequestError):
        sdk.checkout.sessions.create({**PAGE, "mode": "setup"}, {"idempotency_key": "k"})
    assert sdk.checkout.sessions.create(PAGE, {"idempotency_key": "k"}).status == "open"


def test_an_unknown_api_key_is_refused(stand_in):
    http = stripe.RequestsClient()
    other = stripe.StripeClient("sk_test_other", base_addresses={"api": stand_in.base}, http_client=http).v1
    with pytest.raises(stripe.AuthenticationError):
        other.checkout.sessions.create(PAGE)
    http.close()


@pytest.mark.parametrize(
    ("seconds", "taken"), [(1799, False), (1800, True), (86_400, True), (86_401, False), ("soon", False)]
)
def test_a_checkout_page_may_expire_after_30_minutes_to_24_hours(sdk, seconds, taken):
    wanted = int(NOON.timestamp()) + seconds if isinstance(seconds, int) else seconds
    if taken:
        assert sdk.checkout.sessions.create({**PAGE, "expires_at": wanted}).expires_at == wanted
        return
    with pytest.raises(stripe.InvalidRequestError) as error:
        sdk.checkout.sessions.create({**PAGE, "expires_at": wanted})
    assert error.value.param == "expires_at"


@pytest.mark.parametrize(
    "change",
    [
        {"success_url": "javascript:alert(1)"},
        {"cancel_url": ""},
        {"line_items": []},
        {"line_items": [{"price_data": {"currency": "usd", "unit_amount": 49, "product_data": {"name": "x"}}, "quantity": 1}]},
        {"line_items": [{"price_data": {"currency": "usd", "unit_amount": "x", "product_data": {"name": "x"}}, "quantity": 1}]},
    ],
)  # fmt: skip
def test_a_checkout_page_with_a_missing_or_invalid_parameter_is_refused(sdk, change):
    with pytest.raises(stripe.InvalidRequestError):
        sdk.checkout.sessions.create({**PAGE, **change})


def test_an_expired_checkout_page_cannot_be_expired_again_or_paid(stand_in, sdk, page):
    assert sdk.checkout.sessions.expire(page.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        sdk.checkout.sessions.expire(page.id)
    assert browse(f"{stand_in.base}/pay/{page.id}", do="pay")[0] == 200
    assert sdk.checkout.sessions.retrieve(page.id).payment_status == "unpaid"


def test_an_unknown_object_id_gives_404(sdk):
    with pytest.raises(stripe.InvalidRequestError) as error:
        sdk.checkout.sessions.retrieve("cs_test_none")
    assert error.value.http_status == 404


def test_a_payment_is_returned_in_full_when_the_request_expands_it(stand_in, sdk, page):
    stand_in.provider.pay(page.id)
    plain = sdk.checkout.sessions.retrieve(page.id)
    whole = sdk.checkout.sessions.retrieve(page.id, {"expand": ["payment_intent.latest_charge"]})
    assert plain.payment_intent == whole.payment_intent.id
    assert whole.payment_intent.latest_charge.created == int(NOON.timestamp())
    assert sdk.payment_intents.retrieve(plain.payment_intent).status == "succeeded"


@pytest.mark.parametrize(("cents", "left"), [([9900], 0), ([5000, 4900], 0), ([1], 9899)])
def test_a_refund_above_the_payment_is_refused(stand_in, sdk, cents, left, page):
    payment = stand_in.provider.pay(page.id)["payment_intent"]
    for amount in cents:
        sdk.refunds.create({"payment_intent": payment, "amount": amount})
    with pytest.raises(stripe.InvalidRequestError):
        sdk.refunds.create({"payment_intent": payment, "amount": left + 1})
    assert sum(row.amount for row in sdk.refunds.list({"payment_intent": payment}).data) == 9900 - left


def test_a_refund_of_an_unpaid_checkout_is_refused(stand_in, sdk, page):
    payment = stand_in.provider.decline(page.id)["payment_intent"]
    with pytest.raises(stripe.InvalidRequestError):
        sdk.refunds.create({"payment_intent": payment, "amount": 100})


def test_the_stand_in_parses_nested_parameters_as_the_sdk_encodes_them():
    text = "a[b][0][c]=1&a[b][1][c]=2&d=%26&e[f]="
    assert nested_fields(text) == {"a": {"b": [{"c": "1"}, {"c": "2"}]}, "d": "&", "e": {"f": ""}}


def test_a_request_that_is_too_large_is_refused(stand_in):
    assert browse(f"{stand_in.base}/v1/refunds", x="y" * 200_000)[0] == 413
