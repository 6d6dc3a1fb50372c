"""Keys of an organisation's programs: made, replaced, revoked, and looked up by what a request carries."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from django.db import transaction
from django.db.models import Model

from api.models import LONGEST_NAME, KeyQuerySet, KeyRow
from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words
from trainers.models import Trainer

MOST_KEYS = 20
OVERLAP = timedelta(days=7)  # in which the key before still works, so that programs can change over
WRITTEN_EVERY = timedelta(minutes=1)  # the last use is not written for every request


def make_key(
    organisation: Model, *, kind: type[KeyRow], name: str, scopes: Sequence[str], by: Trainer, at: datetime
) -> tuple[KeyRow, str]:
    """Make a key of this kind, and return it with its text, which is stored nowhere. Raises Refusal when the
    name or the scope is missing, and when the organisation has too many working keys.
    """
    name = check_words(name, field="name", what="where it is used", longest=LONGEST_NAME)
    if not scopes or set(scopes) - set(kind.Scope.values):
        raise Refusal("Choose what the key may do.", code="scopes", field="scopes")
    with transaction.atomic():
        type(organisation)._default_manager.select_for_update().get(pk=organisation.pk)
        rows: Any = kind._default_manager
        if rows.working(at).filter(**{kind.ORGANISATION: organisation}).count() >= MOST_KEYS:
            sentence = f"There are {MOST_KEYS} keys already. Revoke one that is used no more."
            raise Refusal(sentence, code="too_many")
        return _make(kind, organisation, name=name, scopes=scopes, by=by, at=at)


def rotate_key(key: KeyRow, *, by: Trainer, at: datetime) -> tuple[KeyRow, str]:
    """Make a key that replaces this one, which works for 7 more days; return the new key with its text.
    Raises Refusal while the key that this one replaced still works: of three, nobody knows which is used.
    """
    with transaction.atomic():
        key = _lock_key(key)
        if not key.works_at(at) or type(key)._default_manager.filter(replaces=key).exists():
            raise Refusal("This key has been replaced or revoked already.", code="out_of_order")
        if key.replaces is not None and key.replaces.works_at(at):
            sentence = "The key before this one still works. Revoke that one first, or wait until it ends."
            raise Refusal(sentence, code="too_soon")
        told = {"name": key.name, "scopes": key.scopes}
        made = _make(type(key), key.organisation, **told, by=by, at=at, replaces=key)
        key.ends_at = at + OVERLAP
        key.save(update_fields=["ends_at"])
        record_history(key, "replaced", trainer=None, by=by, at=at)
        return made


def revoke_key(key: KeyRow, *, by: Trainer, at: datetime) -> KeyRow:
    """End a key at once. Idempotent."""
    with transaction.atomic():
        key = _lock_key(key)
        if key.revoked_at:
            return key
        key.revoked_at, key.revoked_by = at, by
        key.save(update_fields=["revoked_at", "revoked_by"])
        record_history(key, "revoked", trainer=None, by=by, at=at)
        return key


def revoke_keys_made_by(person: Trainer, *, keys: KeyQuerySet[KeyRow], by: Trainer, at: datetime) -> None:
    """End at once those of `keys` that this person made: they may have kept them."""
    for key in keys.working(at).filter(made_by=person).order_by("pk"):
        revoke_key(key, by=by, at=at)


def key_of_text(model: type[KeyRow], text: str, *, at: datetime) -> KeyRow | None:
    """Return the key of this text when it works; None for any other text. One query."""
    mark, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != model.MARK or not (prefix.isascii() and prefix.isalnum() and secret.isascii()):
        return None
    rows = model._default_manager.select_related(model.ORGANISATION)
    key = rows.filter(prefix=prefix[:12]).first()
    if key is None or not compare_digest(key.sha256, _hash_of(text)) or not key.works_at(at):
        return None
    return key


def note_use(key: KeyRow, *, at: datetime) -> None:
    """Store when the key was last used, at most once a minute."""
    if key.last_used_at is None or at - key.last_used_at >= WRITTEN_EVERY:
        type(key)._default_manager.filter(pk=key.pk).update(last_used_at=at)


def _make(
    model: type[KeyRow],
    organisation: Model,
    *,
    name: str,
    scopes: Sequence[str],
    by: Trainer,
    at: datetime,
    replaces: KeyRow | None = None,
) -> tuple[KeyRow, str]:
    prefix = secrets.token_hex(4)
    text = f"{model.MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    stored = {"name": name, "prefix": prefix, "sha256": _hash_of(text), "scopes": sorted(scopes)}
    made = {"made_by": by, "made_at": at, "replaces": replaces, model.ORGANISATION: organisation}
    key = model._default_manager.create(**stored, **made)
    record_history(key, "made", trainer=None, by=by, at=at, detail={"scopes": key.scopes})
    return key, text


def _lock_key(key: KeyRow) -> KeyRow:
    rows = type(key)._default_manager.select_for_update(of=("self",))
    return rows.select_related(key.ORGANISATION).get(pk=key.pk)


def _hash_of(text: str) -> str:
    """Return the SHA-256 of a key. It has 256 random bits, so no slow hash is needed."""
    return sha256(text.encode()).hexdigest()
