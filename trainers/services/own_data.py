"""The download file with a person's own data: ask for it, build it, delete it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F

from core.faults import faultpoint
from core.history import record_history
from core.my_data import files_about
from trainers.models import DataFile, Trainer

ATTEMPTS = 5
PAGE = "My data.html"
FOLDER = "Files/"
Page = Callable[[Trainer], str]


def ask_for_data_file(trainer: Trainer, *, by: Trainer, at: datetime, kept_for: timedelta) -> DataFile:
    """Return the existing file, ready or being built, or ask for a new one; idempotent.

    A file that could not be built, or has expired, is replaced.
    """
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        there = DataFile.objects.living().filter(trainer=trainer).first()
        if there and not has_failed(there) and at <= there.asked_at + kept_for:
            return there
        if there:
            _mark(there, at=at)
        try:
            with transaction.atomic():
                made = DataFile.objects.create(trainer=trainer, asked_at=at)
        except IntegrityError:
            return DataFile.objects.living().get(trainer=trainer)
        record_history(made, "asked", trainer=trainer, by=by, at=at)
        return made


def has_failed(file: DataFile) -> bool:
    """Return whether the file could not be built, so that no further attempt is made."""
    return file.ready_at is None and file.attempts >= ATTEMPTS


def build_data_file(file: DataFile, *, at: datetime, page: Page) -> DataFile:
    """Write the file with the page and every document as the person sent it. Idempotent.

    The attempt is counted before it is made, so that a file which kills the process is not tried
    for ever.
    """
    with transaction.atomic():
        file = DataFile.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=file.pk)
        if file.ready_at or file.expired_at or file.attempts >= ATTEMPTS:
            return file
        file.attempts += 1
        file.save(update_fields=["attempts"])
    try:
        size = _write_file(file, page)
    except OSError:  # the storage is away: that was no attempt
        DataFile.objects.filter(pk=file.pk).update(attempts=F("attempts") - 1)
        raise
    faultpoint("own_data.written")
    file.ready_at, file.size = at, size
    if not DataFile.objects.living().filter(pk=file.pk).update(ready_at=at, size=size):  # let go meanwhile
        default_storage.delete(file.stored_as)
    return file


def let_go(file: DataFile, *, at: datetime) -> None:
    """Delete a file: mark its row as expired, remove the file, then delete the row. Safe to
    repeat.
    """
    _mark(file, at=at)
    _remove(file)


def let_all_go(person: Trainer) -> None:
    """Remove every file of `person` whose row is marked as expired. Safe to repeat."""
    for file in DataFile.objects.filter(trainer=person, expired_at__isnull=False):
        _remove(file)


def _remove(file: DataFile) -> None:
    default_storage.delete(file.stored_as)
    faultpoint("own_data.removed")
    DataFile.objects.filter(pk=file.pk).delete()


def _mark(file: DataFile, *, at: datetime) -> None:
    DataFile.objects.filter(pk=file.pk, expired_at__isnull=True).update(expired_at=at)


def _write_file(file: DataFile, page: Page) -> int:
    """Write the file whole or not at all; return its size in bytes."""
    with TemporaryFile() as content:
        _write(content, file.trainer, page)
        size = content.tell()
        default_storage.delete(file.stored_as)  # of an attempt that was stopped
        default_storage.save(file.stored_as, File(content))
        return size


def _write(content: IO[bytes], trainer: Trainer, page: Page) -> None:
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr(PAGE, page(trainer))
        for sent in files_about(trainer):
            held = sent.read()
            if held is not None:
                archive.writestr(FOLDER + sent.name, held)
