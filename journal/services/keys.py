"""Keys of the journal: made, replaced and revoked by whoever keeps the journal."""

from datetime import datetime

from api.services import make_key, revoke_key, rotate_key
from core.errors import Refusal
from journal.models import JournalBook, JournalKey
from trainers.models import Trainer


def make_journal_key(name: str, *, by: Trainer, at: datetime) -> tuple[JournalKey, str]:
    """Make a key, and return it with its text, which is stored nowhere. Raises Refusal when the name is
    missing, when there are too many keys, and for people who may not make keys.
    """
    _require_keeper(by)
    book, _ = JournalBook.objects.get_or_create(pk=1)
    return make_key(book, kind=JournalKey, name=name, scopes=JournalKey.USUAL, by=by, at=at)


def rotate_journal_key(key: JournalKey, *, by: Trainer, at: datetime) -> tuple[JournalKey, str]:
    """Make a key that replaces this one, which works for 7 more days; return the new key with its text.
    Raises Refusal for a key that was replaced or revoked, and for people who may not make keys.
    """
    _require_keeper(by)
    return rotate_key(key, by=by, at=at)


def revoke_journal_key(key: JournalKey, *, by: Trainer, at: datetime) -> JournalKey:
    """End a key at once. Idempotent. Raises Refusal for people who may not make keys."""
    _require_keeper(by)
    return revoke_key(key, by=by, at=at)


def _require_keeper(by: Trainer) -> None:
    if not by.has_perm(JournalKey.PERMISSION):
        raise Refusal("You may not keep the journal.", code="not_allowed")
