"""The secret address of a trainer's calendar feed. Half of it is a signature, so the database alone
does not reveal it.
"""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from core.links import full_address
from trainers.models import Trainer

_signer = Signer(salt="renewals.pages.calendar_feed", sep=".")


def feed_address(trainer: Trainer) -> str:
    """Return the whole address; empty for a trainer without a feed."""
    if not trainer.feed_nonce:
        return ""
    token = _signer.sign(f"{trainer.pk}-{trainer.feed_nonce}")
    return full_address(reverse("renewals:feed", args=[token]))


def subscription_address(address: str) -> str:
    """Return the address with the scheme that calendar apps open."""
    return f"webcal://{address.partition('://')[2]}"


def trainer_of(token: str) -> Trainer | None:
    """Return the trainer of a token; None for one that is not ours, was replaced or removed, or
    whose account is closed.
    """
    try:
        pk, _, nonce = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    if not nonce:
        return None  # who has no feed has an empty one
    return Trainer.objects.filter(pk=pk, feed_nonce=nonce, is_active=True).first()
