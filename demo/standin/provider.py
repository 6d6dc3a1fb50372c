"""The provider's behaviour: payment pages, payments and refunds, and an event for each step."""

import secrets
from datetime import timedelta

from core import clock
from demo.standin.balance import note_movement, payment_fee
from demo.standin.store import Store, StoredObject

SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)
BANK_TAKES = timedelta(minutes=1)
SMALLEST = 50  # cents
API_VERSION = "2026-10-28.endive"


class Refused(Exception):
    """A request that the stand-in refuses as the provider would: an HTTP status and an error
    object.
    """

    def __init__(
        self,
        message: str,
        *,
        param: str = "",
        code: str = "",
        status: int = 400,
        kind: str = "invalid_request_error",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message, "param": param or None, "code": code or None}


class Provider:
    """What the provider does, on the stand-in's data. Every method is one transaction in its
    store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    # --- pages

    def open_page(self, params: StoredObject, *, base: str) -> StoredObject:
        """Make and return a new checkout session, like `POST /v1/checkout/sessions`."""
        price = _price(params)
        now = _now()
        expires_at = _whole(params.get("expires_at", now + LONGEST.total_seconds()), "expires_at")
        if not SHORTEST.total_seconds() <= expires_at - now <= LONGEST.total_seconds():
            raise Refused("expires_at must lie between 30 minutes and 24 hours from now.", param="expires_at")
        name = f"cs_test_{secrets.token_hex(16)}"
        page = {
            "id": name,
            "object": "checkout.session",
            "amount_subtotal": price["amount"],
            "amount_total": price["amount"],
            "cancel_url": _address(params, "cancel_url"),
            "client_reference_id": params.get("client_reference_id"),
            "created": now,
            "currency": price["currency"],
            "expires_at": expires_at,
            "livemode": False,
            "metadata": params.get("metadata", {}),
            "mode": "payment",
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": _address(params, "success_url"),
            "url": f"{base}/pay/{name}",
            "x_description": price["name"],
            "x_payment_metadata": params.get("payment_intent_data", {}).get("metadata", {}),
        }
        with self.store.change():
            self.store.put("session", page)
        return page

    def page(self, name: str) -> StoredObject:
        page = self.store.get("session", name)
        if page is None:
            raise Refused(
                f"No such checkout.session: {name}", code="resource_missing", param="session", status=404
            )
        return page

    def close_page(self, name: str) -> StoredObject:
        with self.store.change():
            page = self.page(name)
            if page["status"] != "open":
                raise Refused('Only Checkout Sessions with a status in ["open"] can be expired.')
            return self._expire(page)

    # --- what the payer does on the page

    def pay(self, name: str) -> StoredObject:
        with self.store.change():
            page = self._open(name)
            self.make_payment(page, "succeeded")
            return self._complete(page, "paid", "checkout.session.completed")

    def decline(self, name: str) -> StoredObject:
        """Decline a payment at once: its page stays open and the payer may try again."""
        with self.store.change():
            page = self._open(name)
            payment = self.make_payment(page, "requires_payment_method")
            self.store.put("session", page)
            self.queue_event("payment_intent.payment_failed", payment)
            return page

    def wait_for_bank(self, name: str) -> StoredObject:
        with self.store.change():
            page = self._open(name)
            self.make_payment(page, "processing")
            page["x_bank_answers_at"] = _now() + int(BANK_TAKES.total_seconds())
            return self._complete(page, "unpaid", "checkout.session.completed")

    def bank_answers(self, name: str, *, yes: bool) -> StoredObject:
        with self.store.change():
            page = self.page(name)
            payment = self.store.get("payment_intent", page["payment_intent"] or "")
            if payment is None or payment["status"] != "processing":
                return page
            self.make_payment(page, "succeeded" if yes else "requires_payment_method")
            kind = "succeeded" if yes else "failed"
            return self._complete(page, "paid" if yes else "unpaid", f"checkout.session.async_payment_{kind}")

    def tick(self) -> None:
        """Expire the pages whose time is over, and let slow banks pay whose moment has come."""
        now = _now()
        for page in self.store.every("session"):
            with self.store.change():
                page = self.page(page["id"])
                if page["status"] == "open" and page["expires_at"] <= now:
                    self._expire(page)
                elif page.get("x_bank_answers_at", now + 1) <= now:
                    self.bank_answers(page["id"], yes=True)

    # --- money back

    def refund(self, params: StoredObject) -> StoredObject:
        """Refund a whole payment or a part of it; never more than was paid."""
        with self.store.change():
            payment = self.payment(str(params.get("payment_intent", "")))
            back = sum(row["amount"] for row in self.refunds(payment["id"]) if row["status"] != "failed")
            left = payment["amount"] - back if payment["status"] == "succeeded" else 0
            cents = _whole(params.get("amount", left), "amount")
            if not 0 < cents <= left:
                code = "charge_already_refunded" if back else "amount_too_large"
                raise Refused(
                    f"Refund amount ({cents}) is greater than what is left ({left}).",
                    param="amount",
                    code=code,
                )
            refund = {
                "id": f"re_{secrets.token_hex(12)}",
                "object": "refund",
                "amount": cents,
                "created": _now(),
                "currency": payment["currency"],
                "metadata": params.get("metadata", {}),
                "payment_intent": payment["id"],
                "status": "succeeded",
            }
            self.store.put("refund", refund)
            note_movement(self.store, "refund", -cents, refund)
            self.queue_event("refund.created", {**refund, "livemode": False})
            return refund

    def refunds(self, payment: str) -> list[StoredObject]:
        return [row for row in self.store.every("refund") if row["payment_intent"] == payment]

    def payment(self, name: str) -> StoredObject:
        payment = self.store.get("payment_intent", name)
        if payment is None:
            raise Refused(f"No such payment_intent: {name}", code="resource_missing", status=404)
        return payment

    # --- events

    def queue_event(self, kind: str, thing: StoredObject) -> None:
        """Queue an event for the portal. The stand-in's controls may drop it, hold it back, delay
        it or double it.
        """
        event = {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "api_version": API_VERSION,
            "created": _now(),
            "data": {"object": public_fields(thing)},
            "livemode": False,
            "type": kind,
        }
        self.store.put("event", event)
        knobs = self.store.knobs()
        if knobs.get("drop"):
            return
        state = "held" if knobs.get("hold") else "waiting"
        for _ in range(int(knobs.get("copies", 1))):
            self.store.send(event, clock.now().timestamp() + float(knobs.get("delay", 0)), state)

    # --- steps inside a transaction

    def _open(self, name: str) -> StoredObject:
        page = self.page(name)
        if page["status"] == "open" and page["expires_at"] <= _now():
            page = self._expire(page)
        if page["status"] != "open":
            raise Refused("This page is closed.")
        return page

    def _expire(self, page: StoredObject) -> StoredObject:
        page.update(status="expired", url=None)
        self.store.put("session", page)
        self.queue_event("checkout.session.expired", page)
        return page

    def _complete(self, page: StoredObject, payment_status: str, kind: str) -> StoredObject:
        page.update(status="complete", payment_status=payment_status, url=None)
        self.store.put("session", page)
        self.queue_event(kind, page)
        return page

    def make_payment(self, page: StoredObject, status: str) -> StoredObject:
        """Return the page's payment, made with the first attempt, now in `status`."""
        payment = self.store.get("payment_intent", page["payment_intent"] or "") or {
            "id": f"pi_{secrets.token_hex(12)}",
            "object": "payment_intent",
            "amount": page["amount_total"],
            "created": _now(),
            "currency": page["currency"],
            "livemode": False,
            "metadata": page["x_payment_metadata"],
        }
        charge = self._charge(payment) if status == "succeeded" else None
        payment.update(status=status, latest_charge=charge["id"] if charge else None)
        self.store.put("payment_intent", payment)
        page["payment_intent"] = payment["id"]
        return payment

    def _charge(self, payment: StoredObject) -> StoredObject:
        """Store and return the charge of a payment that succeeds now, and add it to the balance."""
        charge = {
            "id": f"ch_{secrets.token_hex(12)}",
            "object": "charge",
            "amount": payment["amount"],
            "created": _now(),
            "currency": payment["currency"],
            "paid": True,
            "payment_intent": payment["id"],
        }
        self.store.put("charge", charge)
        note_movement(self.store, "charge", charge["amount"], charge, fee=payment_fee(charge["amount"]))
        return charge


def public_fields(thing: StoredObject) -> StoredObject:
    """Return what the API shows of an object, without what only the stand-in needs."""
    return {key: value for key, value in thing.items() if not key.startswith("x_")}


def _now() -> int:
    return int(clock.now().timestamp())


def _price(params: StoredObject) -> StoredObject:
    if params.get("mode") != "payment":
        raise Refused("mode must be payment here.", param="mode")
    total, name, currency = 0, "", ""
    for place, line in enumerate(params.get("line_items", [])):
        data = line.get("price_data", {})
        name = name or str(data.get("product_data", {}).get("name", ""))
        currency = str(data.get("currency", ""))
        total += _whole(data.get("unit_amount"), f"line_items[{place}][price_data][unit_amount]") * _whole(
            line.get("quantity"), f"line_items[{place}][quantity]"
        )
    if total < SMALLEST or not name or len(currency) != 3 or currency != currency.lower():
        raise Refused("line_items must say what, how much and in which currency.", param="line_items")
    return {"amount": total, "name": name, "currency": currency}


def _whole(value: str, param: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refused(f"Invalid integer: {value}", param=param, code="parameter_invalid_integer") from None


def _address(params: StoredObject, name: str) -> str:
    address = str(params.get(name, ""))
    if not address.startswith(("http://", "https://")):
        raise Refused("Not a valid URL", param=name, code="url_invalid")
    return address
