"""Checks of stored files for `verify_invariants`: bytes that are missing, or differ from those that
were stored.
"""

from collections.abc import Iterator

from django.core.files.storage import default_storage

from core.invariants import Check
from documents.errors import FileGone
from documents.models import Document
from documents.names import page_name, sent_name
from documents.services import read_document, read_original, read_page


def _missing_files() -> Iterator[str]:
    for document in Document.objects.filter(erased_at=None).order_by("pk").iterator():
        for name in _names(document):
            if not default_storage.exists(name):
                yield f"document {document.pk}: the file {name} is not there"


def _names(document: Document) -> Iterator[str]:
    yield document.stored_as
    if document.sent_size:
        yield sent_name(document.stored_as)
    yield from (page_name(document.stored_as, number) for number in document.page_numbers)


def _files_of_the_erased() -> Iterator[str]:
    """Yield documents that are marked as removed but still have a file."""
    for document in Document.objects.filter(files_removed=True).order_by("pk").iterator():
        if default_storage.exists(document.stored_as) or default_storage.exists(
            sent_name(document.stored_as)
        ):
            yield f"document {document.pk} is erased, and a file of {document.stored_as} is there"


def _other_bytes() -> Iterator[str]:
    for document in Document.objects.filter(erased_at=None).order_by("pk").iterator():
        try:
            yield from _other_sizes(document)
            for number in document.page_numbers:
                read_page(document, number)
        except FileGone:
            yield f"document {document.pk}: a file of {document.stored_as} is gone or is not what it was"


def _other_sizes(document: Document) -> Iterator[str]:
    size = read_document(document).getbuffer().nbytes
    if size != document.size:
        yield f"document {document.pk} has {size} bytes; its row says {document.size}"
    sent = read_original(document)
    if sent is not None and len(sent) != document.sent_size:
        yield f"document {document.pk} was sent with {len(sent)} bytes; its row says {document.sent_size}"


CHECKS = [
    Check(12, "Every document that is kept has its files", _missing_files),
    Check(12, "A document that is not kept has none", _files_of_the_erased),
    Check(12, "A file's bytes match its sha256", _other_bytes, reads_files=True),
]
