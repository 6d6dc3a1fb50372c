"""Signed events for the portal, sent until it accepts them."""

import hashlib
import hmac
import json
import logging
import urllib.error
import urllib.request
from collections.abc import Callable

from core import clock
from demo.standin.store import Store, StoredObject

log = logging.getLogger(__name__)
ATTEMPTS = 12
LONGEST_PAUSE = 300.0  # seconds
Post = Callable[[bytes, str], int]  # (body, signature) to an HTTP status; 0 when nobody answered


def signature_header(body: bytes, secret: str, moment: int) -> str:
    """Return the `Stripe-Signature` header for `body`, signed with `secret` at `moment`
    (seconds).
    """
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def over_http(url: str) -> Post:
    """Return a function that posts to `url`. It follows no redirect and never raises."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)

    def post(body: bytes, signature: str) -> int:
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        request = urllib.request.Request(url, body, headers)  # noqa: S310 - the portal's own address
        try:
            with opener.open(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    return post


def deliver_due(store: Store, post: Post, secret: str) -> int:
    """Send every event that is due; return how many the portal accepted.

    A refused event is sent again after a pause that doubles each time, and is given up after `ATTEMPTS`.
    """
    taken = 0
    for number, event, attempts in store.due(clock.now().timestamp()):
        if 200 <= _send(event, post, secret) < 300:
            store.delivered(number)
            taken += 1
        elif attempts + 1 >= ATTEMPTS:
            store.give_up(number)
        else:
            store.later(number, clock.now().timestamp() + min(2.0**attempts, LONGEST_PAUSE))
    return taken


def _send(event: StoredObject, post: Post, secret: str) -> int:
    body = json.dumps(event).encode()
    status = post(body, signature_header(body, secret, int(clock.now().timestamp())))
    log.debug("%s %s: %s", event["type"], event["id"], status)
    return status


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None
