"""The payment stand-in by itself: a checkout request, a browser, and a mailbox in place of the portal."""

import json

import requests

PAGE = {
    "mode": "payment",
    "client_reference_id": "ref-1",
    "success_url": "http://portal.example/return/?page={CHECKOUT_SESSION_ID}",
    "cancel_url": "http://portal.example/back/",
    "line_items": [
        {
            "price_data": {"currency": "usd", "unit_amount": 9900, "product_data": {"name": "Renewal"}},
            "quantity": 1,
        }
    ],
}


class Mailbox(list):
    """Where the stand-in posts its messages; `status` is the answer that it gets."""

    status = 200

    def __call__(self, body: bytes, signature: str) -> int:
        self.append((body, signature))
        return self.status

    def kinds(self):
        return [json.loads(body)["type"] for body, _ in self]


def browse(url, **form):
    """(status, text, headers) as a browser that follows no redirect would get them."""
    method = requests.post if form else requests.get
    answer = method(url, **({"data": form} if form else {}), allow_redirects=False, timeout=5)
    return answer.status_code, answer.text, answer.headers


def turn(stand_in, **knobs):
    """Set the stand-in's controls through its control address; return their values."""
    return requests.post(f"{stand_in.base}/control", json=knobs, timeout=5).json()
