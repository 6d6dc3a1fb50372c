"""Checks of the keys that sign badges for `verify_invariants`."""

from collections.abc import Iterator

from badges.models import SigningKey
from core.history import subject_prefix
from core.invariants import Check
from core.models import HistoryEntry


def _not_one_active() -> Iterator[str]:
    """Yield a sentence unless exactly one key is active; before the first badge there is none."""
    active = SigningKey.objects.filter(state=SigningKey.State.ACTIVE).count()
    if active != 1 and SigningKey.objects.exists():
        yield f"{active} keys sign badges"


def _without_history() -> Iterator[str]:
    """Yield each key that was made, replaced or distrusted without a row of history."""
    told = HistoryEntry.objects.filter(subject__startswith=subject_prefix(SigningKey))
    rows = set(told.values_list("subject", "verb"))
    for key in SigningKey.objects.order_by("pk"):
        happened = {"made": True, "retired": key.retired_at, "distrusted": key.distrusted_at}
        for verb in (verb for verb, did in happened.items() if did):
            if (f"{subject_prefix(SigningKey)}{key.pk}", verb) not in rows:
                yield f"{key.name} was {verb}, and its history does not say so"


CHECKS = [
    Check(15, "One key signs badges, and a key that was replaced signs no more", _not_one_active),
    Check(11, "What happened to a key that signs badges is in its history", _without_history),
]
