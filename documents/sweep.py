"""Removes files without a row: a form that was given up, a crash before the row, an unfinished
write.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from documents.models import Document
from documents.services import folder_of
from documents.waiting import KEPT_FOR

LOOK_BACK_DAYS = 40


def remove_unclaimed(*, at: datetime) -> int:
    """Delete files without a row received over two days before `at`; return how many. Idempotent.

    A form may bring a file back for one day (`documents.waiting`), so no row can still claim one of these.
    """
    removed = 0
    for folder in _old_folders(at):
        for name in _unclaimed(folder):
            default_storage.delete(name)
            removed += 1
    return removed


def _old_folders(at: datetime) -> Iterator[str]:
    newest = at - 2 * KEPT_FOR
    return (folder_of(newest - timedelta(days=days)) for days in range(1, LOOK_BACK_DAYS + 1))


def _unclaimed(folder: str) -> list[str]:
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    names = {f"{folder}/{file}" for file in files}
    return sorted(
        names - set(Document.objects.filter(stored_as__in=names).values_list("stored_as", flat=True))
    )
