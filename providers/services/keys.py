"""Keys of a provider's programs: made, replaced, revoked, and looked up by what a request carries."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from django.db import transaction

from ceus.models import Provider
from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words
from providers.models import ApiKey
from providers.models.key import LONGEST_NAME
from trainers.models import Trainer

MOST_KEYS = 20
OVERLAP = timedelta(days=7)  # in which the key before still works, so that programs can change over
WRITTEN_EVERY = timedelta(minutes=1)  # the last use is not written for every request
MARK = "rk"


def make_key(
    provider: Provider, *, name: str, scopes: Sequence[str], by: Trainer, at: datetime
) -> tuple[ApiKey, str]:
    """Make a key, and return it with its text, which is stored nowhere. Raises Refusal when the
    name or the scope is missing, and when the provider has too many working keys.
    """
    name = check_words(name, field="name", what="where it is used", longest=LONGEST_NAME)
    if not scopes or set(scopes) - set(ApiKey.Scope.values):
        raise Refusal("Choose what the key may do.", code="scopes", field="scopes")
    with transaction.atomic():
        Provider.objects.select_for_update().get(pk=provider.pk)
        if ApiKey.objects.working(at).filter(provider=provider).count() >= MOST_KEYS:
            sentence = f"There are {MOST_KEYS} keys already. Revoke one that is used no more."
            raise Refusal(sentence, code="too_many")
        return _make(provider, name=name, scopes=scopes, by=by, at=at)


def rotate_key(key: ApiKey, *, by: Trainer, at: datetime) -> tuple[ApiKey, str]:
    """Make a key that replaces this one, which works for 7 more days; return the new key with its text."""
    with transaction.atomic():
        key = _lock_key(key)
        if not key.works_at(at) or ApiKey.objects.filter(replaces=key).exists():
            raise Refusal("This key has been replaced or revoked already.", code="out_of_order")
        made = _make(key.provider, name=key.name, scopes=key.scopes, by=by, at=at, replaces=key)
        key.ends_at = at + OVERLAP
        key.save(update_fields=["ends_at"])
        record_history(key, "replaced", trainer=None, by=by, at=at)
        return made


def revoke_key(key: ApiKey, *, by: Trainer, at: datetime) -> ApiKey:
    """End a key at once. Idempotent."""
    with transaction.atomic():
        key = _lock_key(key)
        if key.revoked_at:
            return key
        key.revoked_at, key.revoked_by = at, by
        key.save(update_fields=["revoked_at", "revoked_by"])
        record_history(key, "revoked", trainer=None, by=by, at=at)
        return key


def key_of_text(text: str, *, at: datetime) -> ApiKey | None:
    """Return the key of this text when it works; None for any other text. One query."""
    mark, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != MARK or not (prefix.isascii() and prefix.isalnum() and secret.isascii()):
        return None
    key = ApiKey.objects.select_related("provider").filter(prefix=prefix[:12]).first()
    if key is None or not compare_digest(key.sha256, _hash_of(text)) or not key.works_at(at):
        return None
    return key


def note_use(key: ApiKey, *, at: datetime) -> None:
    """Store when the key was last used, at most once a minute."""
    if key.last_used_at is None or at - key.last_used_at >= WRITTEN_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)


def _make(
    provider: Provider,
    *,
    name: str,
    scopes: Sequence[str],
    by: Trainer,
    at: datetime,
    replaces: ApiKey | None = None,
) -> tuple[ApiKey, str]:
    prefix = secrets.token_hex(4)
    text = f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        provider=provider,
        name=name,
        prefix=prefix,
        sha256=_hash_of(text),
        scopes=sorted(scopes),
        made_by=by,
        made_at=at,
        replaces=replaces,
    )
    record_history(key, "made", trainer=None, by=by, at=at, detail={"scopes": key.scopes})
    return key, text


def _lock_key(key: ApiKey) -> ApiKey:
    return ApiKey.objects.select_for_update(of=("self",)).select_related("provider").get(pk=key.pk)


def _hash_of(text: str) -> str:
    """Return the SHA-256 of a key. It has 256 random bits, so no slow hash is needed."""
    return sha256(text.encode()).hexdigest()
