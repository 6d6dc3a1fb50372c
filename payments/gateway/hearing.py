"""Verification of the provider's messages: signed, recent, and fit to be stored."""

import json
import math
from datetime import datetime

import stripe
from django.conf import settings

from payments.errors import BadMessage

TOLERANCE = 300  # seconds by which a signature may be older or newer than now


def verified_event(body: bytes, signature: str, *, now: datetime) -> dict[str, object]:
    """Return the event in `body`, if it was signed with one of our secrets within five minutes of
    `now`.

    Raises BadMessage.
    """
    if not any(_signed(body, signature, secret) for secret in settings.STRIPE_WEBHOOK_SECRETS):
        raise BadMessage("not signed with a secret of ours")
    # The library compares with its own clock, and never refuses a time ahead.
    signed_at = next(int(part[2:]) for part in signature.split(",") if part.startswith("t="))
    if abs(now.timestamp() - signed_at) > TOLERANCE:
        raise BadMessage("signed at another time")
    return _plain_event(body)


def _signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(body, signature, secret))
    except (stripe.SignatureVerificationError, ValueError, TypeError):
        return False


def _plain_event(body: bytes) -> dict[str, object]:
    """Return the event as JSON that both databases can store. Its id and type are checked for their
    length.
    """
    try:
        event = json.loads(body, parse_constant=_finite, parse_float=_finite)
        text = json.dumps(event, ensure_ascii=False)
        text.encode()  # a lone surrogate ends here
    except (ValueError, RecursionError) as error:
        raise BadMessage("no JSON that we can keep") from error
    if not isinstance(event, dict) or "\\u0000" in text.replace("\\\\", ""):
        raise BadMessage("no event that we can keep")
    for key, longest in (("id", 255), ("type", 80)):
        if not isinstance(event.get(key), str) or not 0 < len(event[key]) <= longest:
            raise BadMessage(f"no {key}")
    return event


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number that no database holds")
    return number
