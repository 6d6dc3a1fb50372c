"""The link in optional reminders that switches them off without signing in (RFC 8058)."""

from django.core import signing
from django.urls import reverse

from core.links import full_address
from core.merging import staying_key
from trainers.models import Trainer

SALT = "trainers.unsubscribe"


def token_for(trainer: Trainer) -> str:
    """Return the token of the link with which this trainer switches optional reminders off. It
    never expires: an old mail may be opened years later.
    """
    return str(signing.dumps(trainer.pk, salt=SALT))


def unsubscribe_address(trainer: Trainer) -> str:
    """Return the full URL of the page behind the link, for a mail."""
    return full_address(reverse("trainers:unsubscribe", args=[token_for(trainer)]))


def trainer_of(token: str) -> Trainer | None:
    """Return the trainer of a link's token; None for a token that we did not sign. For an account
    that was merged into another one, return that other account.
    """
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Trainer.objects.filter(pk=staying_key(pk)).first()


def masked_address(email: str) -> str:
    """Return an address such as "j…@example.org": its owner recognises it, and nobody else learns it."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"
