"""What a person reads about their files, and the files themselves as they sent them."""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat

from core.history import subject_prefix
from core.models import HistoryEntry
from core.my_data import Entry, Section, SentFile
from core.templatetags.words import at
from documents.errors import FileGone
from documents.models import Document
from documents.services import read_document, read_original
from rules.units import count_of
from trainers.models import Trainer

# The endings for sent media types; the copy of such a file has another one.
ENDINGS = {"image/heic": ".heic", "image/heif": ".heif", "image/webp": ".webp"}


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield a person's files, and how often each was opened by somebody else."""
    looks = HistoryEntry.objects.filter(
        trainer=person, verb="viewed", subject__startswith=subject_prefix(Document)
    ).exclude(by=person)
    counts: dict[str, int] = {}
    for subject in looks.values_list("subject", flat=True):
        counts[subject] = counts.get(subject, 0) + 1
    rows = Document.objects.filter(owner=person).order_by("uploaded_at", "pk")
    prefix = subject_prefix(Document)
    yield Section(
        80, "Files", [_file(one, counts.get(f"{prefix}{one.pk}", 0), person.time_zone) for one in rows]
    )


def files_of(person: Trainer) -> Iterator[SentFile]:
    """Yield each kept file of a person as it was sent, oldest first."""
    rows = Document.objects.filter(owner=person, erased_at=None).order_by("uploaded_at", "pk")
    for number, document in enumerate(rows.iterator(), 1):
        yield SentFile(f"{number:03d} {_name(document)}", partial(_read, document))


def _file(document: Document, looks: int, zone: str) -> Entry:
    rows = (
        ("Sent", at(document.uploaded_at, zone)),
        ("Size", filesizeformat(document.sent_size or document.size)),
        ("Opened by our staff", count_of(looks, "time")),
        ("Kept", "" if document.erased_at is None else "Not any more"),
    )
    return Entry(document.original_name, rows)


def _name(document: Document) -> str:
    name = PurePath(document.original_name)
    return name.stem + ENDINGS.get(document.sent_type, name.suffix)


def _read(document: Document) -> bytes | None:
    try:
        return read_original(document) or read_document(document).getvalue()
    except FileGone:
        return None
