"""The services of files: receive, store, read, and note a view by staff."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile as Upload
from django.db import transaction

from core.faults import faultpoint
from core.history import record_history
from documents.errors import BadFile, FileGone
from documents.models import Document
from documents.names import EXTENSIONS, clean_name
from documents.parser import Safe
from documents.sandbox import parse_in_sandbox
from documents.uploads import MAX_BYTES
from documents.waiting import Waiting
from trainers.models import Trainer

log = logging.getLogger(__name__)


def folder_of(at: datetime) -> str:
    """Return the folder of a file that is received at `at`, by its day in UTC."""
    return f"{at.astimezone(UTC):%Y/%m/%d}"


def receive_upload(
    upload: "Upload[Any]",
    *,
    owner: Trainer,
    at: datetime,
    make_safe: Callable[[bytes], Safe] = parse_in_sandbox,
) -> Waiting:
    """Make `upload` harmless and put its bytes into private storage; no row yet. Raises BadFile.

    `make_safe` may be `documents.parser.make_safe` for files that we made ourselves: it starts no child process.
    """
    if not upload.size:
        raise BadFile("empty")
    if upload.size > MAX_BYTES:
        raise BadFile("too_big")
    sent = upload.read()
    safe = make_safe(sent)
    return Waiting(
        owner_id=owner.pk,
        name=clean_name(upload.name, safe.media_type),
        media_type=safe.media_type,
        size=len(safe.content),
        sha256=hashlib.sha256(safe.content).hexdigest(),
        sent_sha256=hashlib.sha256(sent).hexdigest(),
        stored_as=_put(safe, at),
        received_at=at,
    )


def store_document(
    upload: "Upload[Any] | Waiting", *, owner: Trainer, by: Trainer | None, at: datetime
) -> Document:
    """Return the row of a file whose bytes are in storage; idempotent for a Waiting. Raises BadFile."""
    waiting = upload if isinstance(upload, Waiting) else receive_upload(upload, owner=owner, at=at)
    if waiting.owner_id != owner.pk:
        raise BadFile("kept_gone")
    faultpoint("documents.before_row")
    with transaction.atomic():
        document, made = Document.objects.get_or_create(
            stored_as=waiting.stored_as, defaults=_row(waiting, owner=owner, by=by)
        )
        if made:
            _check_bytes_are_there(waiting)
            record_history(document, "stored", trainer=owner, by=by, at=at)
    return document


def read_document(document: Document) -> BytesIO:
    """Return the bytes of a document, checked by their sha256 (I12). Raises FileGone."""
    try:
        with default_storage.open(document.stored_as) as stored:
            content = stored.read()
    except OSError:
        raise FileGone from None
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise FileGone
    return BytesIO(content)


def note_view(document: Document, *, by: Trainer, at: datetime) -> None:
    """Write into the owner's history that `by`, who works here, opened the file."""
    with transaction.atomic():
        record_history(document, "viewed", trainer=document.owner, by=by, at=at)


def _row(waiting: Waiting, *, owner: Trainer, by: Trainer | None) -> dict[str, object]:
    return {
        "owner": owner,
        "original_name": waiting.name,
        "media_type": waiting.media_type,
        "size": waiting.size,
        "sha256": waiting.sha256,
        "sent_sha256": waiting.sent_sha256,
        "uploaded_by": by or owner,
        "uploaded_at": waiting.received_at,
    }


def _put(safe: Safe, at: datetime) -> str:
    name = f"{folder_of(at)}/{secrets.token_hex(16)}{EXTENSIONS[safe.media_type]}"
    try:
        return default_storage.save(name, ContentFile(safe.content))
    except OSError:
        log.exception("an upload could not be written")
        raise BadFile("unavailable") from None


def _check_bytes_are_there(waiting: Waiting) -> None:
    if not default_storage.exists(waiting.stored_as):
        raise BadFile("kept_gone")
