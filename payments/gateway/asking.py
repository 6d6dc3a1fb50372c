"""Requests to the provider, each with an idempotency key. Errors of the provider's library are
raised as errors of ours.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings
from stripe import RequestOptions
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from payments.errors import ForStaff, NotThere, ProviderDown, ProviderRefused
from payments.facts import CheckoutFacts, LineFacts, PayoutFacts, RefundFacts
from payments.gateway.payouts import line_facts, payout_facts
from payments.gateway.translation import checkout_facts, refund_facts
from payments.models import CheckoutSession, Refund

API_VERSION = "2026-10-28.endive"
TIMEOUT = (2, 5)  # seconds to connect and to read; with one retry about twelve at worst
SHORT_TIMEOUT = (1, 2)  # while somebody waits for a page of ours; without a retry
SHORTEST = timedelta(minutes=35)  # the provider's minimum is 30; the rest allows for clock drift
PAGE = 100  # rows of one answer, the provider's maximum
Answer = dict[str, Any]  # as the provider's library returns it
_WHOLE_PAYMENT = ["payment_intent.latest_charge"]

stripe.enable_telemetry = False
log = logging.getLogger(__name__)


def ask_for_page(session: CheckoutSession) -> CheckoutFacts:
    """Open the provider's payment page for `session` and return its state. Idempotent, because the
    row has a key of its own. Raises ProviderDown or ProviderRefused.
    """
    options: RequestOptions = {"idempotency_key": session.idempotency_key}
    return checkout_facts(
        _answer_of(lambda: _client().v1.checkout.sessions.create(_page_of(session), options))
    )


def find_checkout(provider_id: str, *, within: float | None = None) -> CheckoutFacts:
    """Return the present state of a payment page. Raises ProviderDown or ProviderRefused.

    With `within`, in seconds, it asks once, and raises ProviderDown when the whole answer has not
    arrived in that time.
    """
    if within is None:
        return checkout_facts(_answer_of(lambda: _retrieved(_client(), provider_id)))
    quick = _client_for(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE, SHORT_TIMEOUT, 0)
    return checkout_facts(_answer_within(within, lambda: _answer_of(lambda: _retrieved(quick, provider_id))))


def _retrieved(client: stripe.StripeClient, provider_id: str) -> object:
    return client.v1.checkout.sessions.retrieve(provider_id, {"expand": _WHOLE_PAYMENT})


def _answer_within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to `ask`. Raises ProviderDown when it takes more than `seconds`.

    A thread asks, because no timeout of a connection is enough: its read timeout begins anew with
    every byte that arrives, and none limits how long a host's name is looked up.
    """
    answer: Future[Answer] = Future()

    def wait_for_it() -> None:
        try:
            answer.set_result(ask())
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread that asked
            answer.set_exception(error)

    threading.Thread(target=wait_for_it, daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    except TimeoutError as error:
        raise ProviderDown(f"No whole answer within {seconds} seconds.") from error


def close_checkout(provider_id: str) -> CheckoutFacts:
    """Expire a payment page, so that nothing more can be paid on it, and return its state."""
    with suppress(ProviderRefused):  # the page may have ended in the meantime
        _answer_of(lambda: _client().v1.checkout.sessions.expire(provider_id))
    return find_checkout(provider_id)


def return_payment(refund: Refund) -> RefundFacts:
    """Request a refund from the provider. Idempotent. Raises ProviderDown or ProviderRefused.

    The provider forgets idempotency keys after a day, so a retry first searches the payment's
    refunds.
    """
    known = _find_refund(refund) if refund.attempts > 1 else None
    if known:
        return known
    params: RefundCreateParams = {
        "payment_intent": refund.provider_payment,
        "amount": refund.amount_cents,
        "metadata": {"refund": refund.idempotency_key, "charge": str(refund.charge_id or "")},
    }
    options: RequestOptions = {"idempotency_key": refund.idempotency_key}
    return refund_facts(_answer_of(lambda: _client().v1.refunds.create(params, options)))


def find_refunds(payment_ref: str) -> list[RefundFacts]:
    """Return every refund of a payment. Raises ProviderDown or ProviderRefused."""
    listed = _answer_of(lambda: _client().v1.refunds.list({"payment_intent": payment_ref, "limit": 100}))
    return [refund_facts(row) for row in listed["data"]]


def find_payouts(since: datetime | None) -> Iterator[PayoutFacts]:
    """Yield every payout made from `since` on, the newest first, page by page. Raises ProviderDown
    or ProviderRefused.

    A payout whose data cannot be read is left out, and the others are still yielded.
    """
    params = {"created": {"gte": int(since.timestamp())}} if since else {}
    for row in _every(lambda asked: _client().v1.payouts.list(asked), params):
        try:
            yield payout_facts(row)
        except ForStaff as error:
            log.warning("a payout in the list cannot be read: %s", error)


def find_payout_lines(provider_id: str) -> Iterator[LineFacts]:
    """Yield every line of an automatic payout, page by page, except the line for the payout itself.
    Raises ProviderDown, ProviderRefused or ForStaff.
    """
    params = {"payout": provider_id, "expand": ["data.source"]}
    for row in _every(lambda asked: _client().v1.balance_transactions.list(asked), params):
        if row.get("type") != "payout":
            yield line_facts(row)


def _every(ask: Callable[[Any], object], params: Answer) -> Iterator[Answer]:
    """Yield the rows of a list that the provider returns page by page; the next page is asked for
    after the last row of a page.
    """
    more: Answer = {}
    while True:
        asked = {**params, **more, "limit": PAGE}
        page = _answer_of(lambda: ask(asked))  # noqa: B023 - called at once
        yield from page["data"]
        if not page.get("has_more") or not page["data"]:
            return
        more = {"starting_after": page["data"][-1]["id"]}


def _find_refund(refund: Refund) -> RefundFacts | None:
    found = find_refunds(refund.provider_payment)
    return next((facts for facts in found if facts.reference == refund.idempotency_key), None)


def site_address(kind: str, provider_id: str, *, live: bool) -> str:
    """Return the URL of a payment, dispute or payout on the provider's own site; `kind` is such as
    "payments".
    """
    if settings.STRIPE_API_BASE:
        return f"{settings.STRIPE_API_BASE}/{kind}/{provider_id}"
    return f"https://dashboard.stripe.com/{'' if live else 'test/'}{kind}/{provider_id}"


def _page_of(session: CheckoutSession) -> SessionCreateParams:
    """Return the whole request for a payment page. It is made from committed rows only, so that a
    retry sends the same request.
    """
    charge = session.charge
    metadata = {"charge": str(charge.pk), "reference": session.idempotency_key}
    product = {"name": charge.description}
    price = {
        "currency": charge.currency.lower(),
        "unit_amount": session.amount_cents,
        "product_data": product,
    }
    closes_at = max(session.expires_at, session.opened_at + SHORTEST)
    return {
        "mode": "payment",
        "adaptive_pricing": {
            "enabled": False
        },  # what is asked for and what comes back stay one amount in one currency
        "client_reference_id": session.idempotency_key,
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": charge.description},
        "line_items": [{"price_data": price, "quantity": 1}],  # type: ignore[typeddict-item]  # a plain dict; the stubs type each level
        "success_url": session.return_url,
        "cancel_url": session.cancel_url,
        "expires_at": int(closes_at.timestamp()),
        "expand": _WHOLE_PAYMENT,
    }


def _answer_of(question: Callable[[], object]) -> Answer:
    """Return the provider's answer as plain data. Raises errors of ours in place of those of its library."""
    try:
        answer = question()
    except stripe.APIConnectionError as error:
        raise ProviderDown(str(error.user_message)) from error
    except stripe.StripeError as error:
        status = error.http_status or 500
        raise _kind_of(status)(f"{status}: {error.user_message}") from error
    if not isinstance(answer, stripe.StripeObject):
        raise ProviderDown("The answer is not an object of the provider's.")
    return answer.to_dict()


def _kind_of(status: int) -> type[ProviderDown | ProviderRefused]:
    """Return our error class for an HTTP status of the provider. A status of success whose answer
    cannot be read counts as ProviderDown: a proxy in between has answered.
    """
    if status >= 500 or status in (409, 429) or status < 400:
        return ProviderDown
    return NotThere if status == 404 else ProviderRefused


def _client() -> stripe.StripeClient:
    return _client_for(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE, TIMEOUT, 1)


@lru_cache(maxsize=4)
def _client_for(api_key: str, base: str, timeout: tuple[int, int], retries: int) -> stripe.StripeClient:
    return stripe.StripeClient(
        api_key,
        stripe_version=API_VERSION,
        base_addresses={"api": base} if base else {},
        http_client=stripe.RequestsClient(timeout=timeout),
        max_network_retries=retries,
    )
