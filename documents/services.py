"""The services of files: receive, store, render and read them, and record that staff saw them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile as Upload
from django.db import transaction

from core.faults import faultpoint
from core.history import record_history, subject_of
from core.models import HistoryEntry
from documents.errors import BadFile, FileGone, StorageAway
from documents.models import Document, Viewing
from documents.names import clean_file_name, page_name, sent_name, thumbnail_name
from documents.parser import SafeFile
from documents.quota import count_upload
from documents.sandbox import parse_in_sandbox
from documents.storing import put_files, put_pictures, sha256_of
from documents.uploads import MAX_BYTES
from documents.waiting import WaitingFile
from trainers.models import Trainer

SAME_VISIT = timedelta(minutes=30)
NOT_NOW = ("busy", "unavailable")  # refusals that do not depend on the file


def receive_upload(
    upload: "Upload[bytes]",
    *,
    owner: Trainer,
    at: datetime,
    make_safe: Callable[[bytes], SafeFile] = parse_in_sandbox,
) -> WaitingFile:
    """Parse `upload` and put its bytes, a harmless copy and its pictures into private storage;
    writes no row.

    Raises BadFile, and then nothing is stored. For files that we made ourselves, `make_safe` may be
    `documents.parser.make_safe`, which starts no child process.
    """
    if not upload.size:
        raise BadFile("empty")
    if upload.size > MAX_BYTES:
        raise BadFile("too_big")
    sent = upload.read()
    safe = make_safe(sent)
    return WaitingFile(
        owner_id=owner.pk,
        name=clean_file_name(upload.name, safe.media_type),
        media_type=safe.media_type,
        size=len(safe.content),
        sha256=sha256_of(safe.content),
        sent_sha256=sha256_of(sent),
        stored_as=put_files(sent, safe, at=at),
        received_at=at,
        sent_size=len(sent),
        sent_type=safe.sent_type,
        pages=tuple(sha256_of(page) for page in safe.pages),
    )


def receive_counted(
    upload: "Upload[bytes]", *, owner: Trainer, at: datetime, make_safe: Callable[[bytes], SafeFile]
) -> WaitingFile:
    """Receive a file that a person sends, counted against the hour's limit of the account. Raises
    BadFile.
    """
    count_upload(owner, min(upload.size or 0, MAX_BYTES), at=at)
    return receive_upload(upload, owner=owner, at=at, make_safe=make_safe)


def store_document(
    upload: "Upload[bytes] | WaitingFile", *, owner: Trainer, by: Trainer | None, at: datetime
) -> Document:
    """Write and return the row of a file whose bytes are in storage; idempotent for a Waiting.
    Raises BadFile.
    """
    waiting = upload if isinstance(upload, WaitingFile) else receive_upload(upload, owner=owner, at=at)
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


def render_pictures(document: Document) -> bool:
    """Render the pages of a document that has no pictures yet, from its copy; return whether it has
    some now. Idempotent.

    Such a document was uploaded before we kept pictures. While no parser is free it stays as it is, and
    is rendered another time; one that cannot be rendered is not tried again.
    """
    try:
        safe = parse_in_sandbox(read_original(document) or read_document(document).getvalue())
    except BadFile as refused:
        if refused.code in NOT_NOW:
            return False
        safe = SafeFile("", b"")
    except FileGone:
        safe = SafeFile("", b"")
    put_pictures(document.stored_as, safe)
    document.pages = [sha256_of(page) for page in safe.pages]
    document.save(update_fields=["pages"])
    return bool(document.pages)


def read_document(document: Document) -> BytesIO:
    """Return the copy for download, checked by its sha256 (I12). Raises FileGone."""
    if document.erased_at:
        raise FileGone
    return BytesIO(_read_checked(document.stored_as, document.sha256))


def read_original(document: Document) -> bytes | None:
    """Return the bytes as they were sent; None for a document uploaded before we kept them.

    They are for the parser and for checks, never for a browser (Q30). Raises FileGone.
    """
    if not document.sent_size or document.erased_at:
        return None
    return _read_checked(sent_name(document.stored_as), document.sent_sha256)


def read_page(document: Document, number: int) -> bytes:
    """Return the picture of page `number`, from 1, checked by its sha256. Raises FileGone."""
    if number not in document.page_numbers:
        raise FileGone
    return _read_checked(page_name(document.stored_as, number), (document.pages or ())[number - 1])


def read_thumbnail(stored_as: str) -> bytes:
    """Return the small picture of a file, with or without a row. Raises FileGone."""
    return _read(thumbnail_name(stored_as))


def note_view(document: Document, *, by: Trainer, at: datetime) -> None:
    """Record in the owner's history that `by`, a member of staff, opened the file."""
    with transaction.atomic():
        record_history(document, "viewed", trainer=document.owner, by=by, at=at)


def note_look(document: Document, *, by: Trainer, at: datetime) -> None:
    """Record a view of a file's pictures by a member of staff, once for each visit."""
    lately = HistoryEntry.objects.filter(
        subject=subject_of(document), verb="viewed", by=by, at__gt=at - SAME_VISIT, at__lte=at
    )
    if not lately.exists():
        note_view(document, by=by, at=at)


def note_page(document: Document, *, page: int, by: Trainer, at: datetime) -> None:
    """Record the first time that `page` was shown to `by`, a member of staff. Idempotent."""
    with transaction.atomic():
        note_look(document, by=by, at=at)
        Viewing.objects.get_or_create(document=document, by=by, page=page, defaults={"first_at": at})


def note_download(document: Document, *, by: Trainer, at: datetime) -> None:
    """Record each download by a member of staff in the owner's history; the first time also that
    every page was shown to them.
    """
    with transaction.atomic():
        note_view(document, by=by, at=at)
        Viewing.objects.get_or_create(document=document, by=by, page=Viewing.WHOLE, defaults={"first_at": at})


def _read_checked(name: str, sha256: str) -> bytes:
    content = _read(name)
    if sha256_of(content) != sha256:
        raise FileGone
    return content


def _read(name: str) -> bytes:
    try:
        with default_storage.open(name) as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        raise FileGone from None
    return content


def _row(waiting: WaitingFile, *, owner: Trainer, by: Trainer | None) -> dict[str, object]:
    return {
        "owner": owner,
        "original_name": waiting.name,
        "media_type": waiting.media_type,
        "size": waiting.size,
        "sha256": waiting.sha256,
        "sent_sha256": waiting.sent_sha256,
        "sent_size": waiting.sent_size,
        "sent_type": waiting.sent_type,
        "pages": list(waiting.pages) or None,
        "uploaded_by": by or owner,
        "uploaded_at": waiting.received_at,
    }


def _check_bytes_are_there(waiting: WaitingFile) -> None:
    try:
        there = default_storage.exists(waiting.stored_as)
    except StorageAway:
        raise BadFile("unavailable") from None
    if not there:
        raise BadFile("kept_gone")
