"""Put the files of one upload into storage: all of them, or none."""

import hashlib
import logging
import secrets
from contextlib import suppress
from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents.errors import BadFile, StorageAway
from documents.names import EXTENSIONS, page_name, sent_name, thumbnail_name
from documents.parser import SafeFile
from documents.signals import storage_was_away

log = logging.getLogger(__name__)


def folder_of(at: datetime) -> str:
    """Return the folder for a file received at `at`: one for each day in UTC."""
    return f"{at.astimezone(UTC):%Y/%m/%d}"


def put_files(sent: bytes, safe: SafeFile, *, at: datetime) -> str:
    """Write the bytes as sent, the pictures and the copy; return the copy's name. Raises BadFile.

    The copy is written last: where it exists, the others do.
    """
    begins = f"{at.astimezone(UTC):%H%M}-{secrets.token_hex(16)}"  # the time is for the sweep
    stored_as = f"{folder_of(at)}/{begins}{EXTENSIONS[safe.media_type]}"
    files = {sent_name(stored_as): sent, **_pictures(stored_as, safe), stored_as: safe.content}
    try:
        for name, content in files.items():
            default_storage.save(name, ContentFile(content))
    except OSError:
        log.exception("an upload could not be written")
        storage_was_away.send(sender=put_files)
        with suppress(StorageAway):  # then the sweep removes what was written
            delete_files(files)
        raise BadFile("unavailable") from None
    return stored_as


def put_pictures(stored_as: str, safe: SafeFile) -> None:
    """Write the pictures of a document that has none yet, replacing those of an unfinished
    attempt.
    """
    for name, content in _pictures(stored_as, safe).items():
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))


def delete_files(names: "dict[str, bytes]") -> None:
    for name in names:
        default_storage.delete(name)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _pictures(stored_as: str, safe: SafeFile) -> dict[str, bytes]:
    pages = {page_name(stored_as, number): page for number, page in enumerate(safe.pages, 1)}
    return {**pages, thumbnail_name(stored_as): safe.thumbnail} if safe.thumbnail else pages
