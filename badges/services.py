"""Make, replace, distrust and seal anew the keys that sign badges."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.db import IntegrityError, transaction

from badges.encoding import multibase_of
from badges.models import SEAL, SigningKey
from core.errors import Refusal
from core.history import record_history
from core.models import LONGEST_REASON
from core.people import Person
from core.transitions import check_words

REPLACED = "Somebody else replaced this key a moment ago. Look at the key that is active now."


def ensure_key(*, at: datetime, by: Person | None = None) -> SigningKey:
    """Return the active key; make the first one when there is none. Idempotent, also when several
    processes ask at once: the database keeps one active key.
    """
    if active := active_key():
        return active
    try:
        with transaction.atomic():
            return _make(by=by, at=at)
    except IntegrityError:  # another process was faster
        return SigningKey.objects.get(state=SigningKey.State.ACTIVE)


def rotate_key(key: SigningKey, *, by: Person, at: datetime) -> SigningKey:
    """Replace the active key by a new one, and return that. The private half of the old key is
    forgotten; its public half stays published.

    Raises Refusal when the key was replaced already.
    """
    with transaction.atomic():
        key = SigningKey.objects.select_for_update().get(pk=key.pk)
        if key.state != SigningKey.State.ACTIVE:
            raise Refusal(REPLACED, code="out_of_order")
        return _replace(key, by=by, at=at)


def distrust_key(key: SigningKey, *, by: Person, at: datetime, reason: str) -> SigningKey:
    """Let nothing that a key signed verify any more, because somebody else may have signed with it, and
    return the key that signs from now on. An active key is replaced. Idempotent.

    Badges are signed when they are asked for, so that what is downloaded next has the new key.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        key = SigningKey.objects.select_for_update().get(pk=key.pk)
        if key.distrusted_at is None:
            if key.state == SigningKey.State.ACTIVE:
                _replace(key, by=by, at=at)
            key.distrusted_at, key.distrusted_by_id = at, by.pk
            key.save(update_fields=["distrusted_at", "distrusted_by"])
            record_history(key, "distrusted", trainer=None, by=by, at=at, reason=reason)
        return SigningKey.objects.get(state=SigningKey.State.ACTIVE)


def reseal_key(key: SigningKey) -> bool:
    """Encrypt the private half of a key with the newest key of the settings; return False when it
    was already, or is no longer stored. Idempotent.

    Raises cryptography.fernet.InvalidToken when no key of the settings fits.
    """
    with transaction.atomic():
        key = SigningKey.objects.select_for_update().get(pk=key.pk)
        if not key.sealed_private or SEAL.is_newest(key.sealed_private):
            return False
        key.sealed_private = SEAL.seal_text(SEAL.unseal_text(key.sealed_private))
        key.save(update_fields=["sealed_private"])
        return True


def active_key() -> SigningKey | None:
    """Return the key that signs now, or None while there is none."""
    return SigningKey.objects.filter(state=SigningKey.State.ACTIVE).first()


def _replace(key: SigningKey, *, by: Person, at: datetime) -> SigningKey:
    """Retire the active key, which the caller has locked, and return the new one."""
    key.state, key.sealed_private = SigningKey.State.RETIRED, ""
    key.retired_at, key.retired_by_id = at, by.pk
    key.save(update_fields=["state", "sealed_private", "retired_at", "retired_by"])
    change = (SigningKey.State.ACTIVE.value, SigningKey.State.RETIRED.value)
    record_history(key, "retired", trainer=None, by=by, at=at, change=change)
    return _make(by=by, at=at)


def _make(*, by: Person | None, at: datetime) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = SigningKey.objects.create(
        name=f"key-{SigningKey.objects.count() + 1}",
        public_key=multibase_of(public),
        sealed_private=SEAL.seal_text(pem),
        made_at=at,
        made_by=by,
    )
    record_history(key, "made", trainer=None, by=by, at=at)
    return key
