"""The part of the provider's API that we use: form-encoded requests, JSON answers, idempotency keys."""

import hashlib
import re
from typing import Any, Protocol
from urllib.parse import parse_qsl

from demo.standin.payouts import find_payout, list_balance, list_payouts
from demo.standin.provider import Provider, Refused, public_fields
from demo.standin.store import StoredObject

_NAME = "([A-Za-z0-9_]+)"


class Headers(Protocol):
    def get(self, name: str, /) -> str | None: ...


class Api:
    def __init__(self, provider: Provider, *, key: str) -> None:
        self.provider = provider
        self.key = key

    def answer(
        self, method: str, path: str, query: str, headers: Headers, body: bytes
    ) -> tuple[int, StoredObject]:
        """Answer one request below /v1/; return (HTTP status, JSON)."""
        try:
            if headers.get("Authorization") != f"Bearer {self.key}":
                raise Refused("Invalid API Key provided", status=401)
            params = nested_fields(query if method == "GET" else body.decode())
            if method == "POST":
                return 200, self._once(path, headers, body, params)
            return 200, self._get(path, params)
        except Refused as refused:
            return refused.status, {"error": refused.error}
        except UnicodeDecodeError:
            return 400, {"error": {"type": "invalid_request_error", "message": "Not UTF-8"}}

    def _once(self, path: str, headers: Headers, body: bytes, params: StoredObject) -> StoredObject:
        """Answer a request once for each idempotency key: the same request gets its first answer again,
        another one gets an error.
        """
        key = headers.get("Idempotency-Key")
        question = hashlib.sha256(path.encode() + b"\n" + body).hexdigest()
        with self.provider.store.change():
            known = self.provider.store.recall(key) if key else None
            if known and known[0] != question:
                raise Refused(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                    kind="idempotency_error",
                )
            if known:
                return known[1]
            answer = self._post(path, params, base=f"http://{headers.get('Host')}")
            if key:
                self.provider.store.remember(key, question, answer)
            return answer

    def _post(self, path: str, params: StoredObject, *, base: str) -> StoredObject:
        if path == "/v1/checkout/sessions":
            return self._shown(self.provider.open_page(params, base=base), params)
        if path == "/v1/refunds":
            return self.provider.refund(params)
        if match := re.fullmatch(f"/v1/checkout/sessions/{_NAME}/expire", path):
            return self._shown(self.provider.close_page(match[1]), params)
        raise Refused(f"Unrecognized request URL (POST: {path}).", status=404)

    def _get(self, path: str, params: StoredObject) -> StoredObject:
        if path == "/v1/refunds":
            rows = self.provider.refunds(str(params.get("payment_intent", "")))
            return {"object": "list", "data": rows, "has_more": False, "url": path}
        if match := re.fullmatch(f"/v1/checkout/sessions/{_NAME}", path):
            return self._shown(self.provider.page(match[1]), params)
        if match := re.fullmatch(f"/v1/payment_intents/{_NAME}", path):
            return self.provider.payment(match[1])
        if path == "/v1/payouts":
            return list_payouts(self.provider, params)
        if path == "/v1/balance_transactions":
            return list_balance(self.provider, params)
        if match := re.fullmatch(f"/v1/payouts/{_NAME}", path):
            return find_payout(self.provider, match[1])
        raise Refused(f"Unrecognized request URL (GET: {path}).", status=404)

    def _shown(self, page: StoredObject, params: StoredObject) -> StoredObject:
        """Return a page as the API shows it, with its payment in full when `expand` asks for it."""
        shown = public_fields(page)
        expand = params.get("expand", [])
        if shown["payment_intent"] and any(str(path).startswith("payment_intent") for path in expand):
            payment = self.provider.payment(shown["payment_intent"])
            if "payment_intent.latest_charge" in expand and payment["latest_charge"]:
                payment["latest_charge"] = self.provider.store.get("charge", payment["latest_charge"])
            shown["payment_intent"] = payment
        return shown


def nested_fields(text: str) -> StoredObject:
    """Return form fields such as `a[b][0][c]=d` as nested objects and lists, as the provider's
    libraries encode them.
    """
    root: StoredObject = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        place = root
        *path, last = re.findall(r"[^\[\]]+", name) or [name]
        for key in path:
            place = place.setdefault(key, {}) if isinstance(place, dict) else {}
        place[last] = value
    params: StoredObject = _lists(root)
    return params


def _lists(value: object) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(inner) for key, inner in value.items()}
