"""Checks of stored files for `verify_invariants`: bytes that are missing, or that are not the
stored ones.
"""

from collections.abc import Iterator

from django.core.files.storage import default_storage

from core.invariants import Check
from documents.errors import FileGone
from documents.models import Document
from documents.services import read_document


def _missing_files() -> Iterator[str]:
    for pk, stored_as in Document.objects.order_by("pk").values_list("pk", "stored_as").iterator():
        if not default_storage.exists(stored_as):
            yield f"document {pk}: the file {stored_as} is not there"


def _other_bytes() -> Iterator[str]:
    for document in Document.objects.order_by("pk").iterator():
        try:
            size = read_document(document).getbuffer().nbytes
        except FileGone:
            yield f"document {document.pk}: the file {document.stored_as} is gone or is not what it was"
            continue
        if size != document.size:
            yield f"document {document.pk} has {size} bytes; its row says {document.size}"


CHECKS = [
    Check(12, "Every document has its file", _missing_files),
    Check(12, "A file's bytes match its sha256", _other_bytes, reads_files=True),
]
