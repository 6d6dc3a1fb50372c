"""Remove files without a row, which an abandoned or refused form, a crash before the row, or an
unfinished write left.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.core.files.storage import default_storage

from core.retention import figures_on
from documents.models import Document
from documents.names import claim_of
from documents.storing import folder_of
from documents.waiting import KEPT_FOR

LOOK_BACK_DAYS = 40
MARGIN = timedelta(hours=1)  # a form that brought its file back in time is still writing its row
_TIME = re.compile(r"([01]\d|2[0-3])([0-5]\d)-")


def remove_unclaimed(*, at: datetime) -> int:
    """Delete the files without a row whose time, by the policy, is over at `at`; return how many.
    Idempotent.

    A form can bring a file back for one day (`documents.waiting`), so none of these can still get a
    row.
    """
    kept_for = max(KEPT_FOR, timedelta(days=figures_on(at).refused_upload_days))
    removed = 0
    for day in _days_before(at - kept_for):
        for name in _unclaimed(day, before=at - kept_for - MARGIN):
            default_storage.delete(name)
            removed += 1
    return removed


def _days_before(at: datetime) -> Iterator[datetime]:
    newest = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (newest - timedelta(days=days) for days in range(LOOK_BACK_DAYS + 1))


def _unclaimed(day: datetime, *, before: datetime) -> list[str]:
    folder = folder_of(day)
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    rows = Document.objects.filter(stored_as__startswith=f"{folder}/").values_list("stored_as", flat=True)
    claimed = {claim_of(stored_as) for stored_as in rows}
    old = (f"{folder}/{file}" for file in files if _received_at(day, file) < before)
    return sorted(name for name in old if claim_of(name) not in claimed)


def _received_at(day: datetime, file: str) -> datetime:
    """Return when a file was received, read from its name; when the name has no time, the end of its day."""
    told = _TIME.match(file)
    if told is None:
        return day + timedelta(days=1)
    return day + timedelta(hours=int(told[1]), minutes=int(told[2]))
