"""Devices on which somebody has signed in before. Strangers who guess passwords for an address
cannot lock its owner out on such a device.

A cookie marks the device and does not say who signed in. It holds a random number and a signature
over this number, the account, its password and its count of "end every session". So it is void for
another account, after a new password, and after the sessions were ended. It signs nobody in:
attempts on the device are limited as well, but counted apart.
"""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from core.cookies import cookie_name
from trainers.models import Trainer
from trainers.models.person import normalise_email

MOST_PEOPLE = 5  # who share a device
_COOKIE, _SALT, _COOKIE_AGE = "device", "trainers.known_devices", timedelta(days=365)
_BETWEEN = "~"


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """Store in a cookie that the signed-in person has signed in on this device. Idempotent."""
    person = request.user
    tokens = _tokens(request)
    if not isinstance(person, Trainer) or any(_is_for(token, person) for token in tokens):
        return
    nonce = secrets.token_urlsafe(12)
    token = f"{nonce}.{next(_signatures(nonce, person))}"
    response.set_cookie(
        cookie_name(_COOKIE),
        _BETWEEN.join([token, *tokens][:MOST_PEOPLE]),
        max_age=_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def owner_here(request: HttpRequest, email: str) -> Trainer | None:
    """Return the person with the address `email` if they have signed in on this device before;
    otherwise None.
    """
    if not _tokens(request):
        return None
    owner = Trainer.objects.filter(email=normalise_email(email), is_active=True).first()
    return owner if owner and _token_for(request, owner) else None


def counted_by(request: HttpRequest, email: str) -> str:
    """Return the key by which attempts to sign in are counted: the address, or the device if the
    owner of the address has signed in on it before.

    The key of a device is no email address, so nobody can type it.
    """
    owner = owner_here(request, email)
    if owner is None:
        return email
    return f"device {owner.pk} {_token_for(request, owner).partition('.')[0]}"


def _token_for(request: HttpRequest, owner: Trainer) -> str:
    return next((token for token in _tokens(request) if _is_for(token, owner)), "")


def _tokens(request: HttpRequest) -> list[str]:
    held = request.COOKIES.get(cookie_name(_COOKIE), "")
    return held.split(_BETWEEN)[:MOST_PEOPLE] if held else []


def _is_for(token: str, person: Trainer) -> bool:
    nonce, _, signature = token.partition(".")
    return any(constant_time_compare(signature, ours) for ours in _signatures(nonce, person))


def _signatures(nonce: str, person: Trainer) -> Iterator[str]:
    """Yield the signature made with each key of the settings, the newest key first."""
    signed = f"{nonce}:{person.pk}:{person.device_generation}:{person.password}"
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(_SALT, signed, secret=key, algorithm="sha256").hexdigest()
