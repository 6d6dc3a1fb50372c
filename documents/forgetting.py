"""Remove the files of documents that are no longer kept (Q33).

The row is marked first, so that no unmarked row points to a missing file. A removal that was
interrupted is completed by the next call.
"""

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from core.faults import faultpoint
from documents.models import Document
from documents.names import claim_of
from trainers.models import Trainer


def remove_files_of(person: Trainer) -> None:
    """Remove the files of every marked document of `person`, also those that a restored backup
    brought back.
    """
    for document in Document.objects.filter(owner=person, erased_at__isnull=False).order_by("pk"):
        _remove_files(document)


def remove_marked(documents: "QuerySet[Document]") -> int:
    """Remove the files of those of `documents` that are marked; return the number of these
    documents. Safe to repeat.
    """
    rows = list(documents.filter(erased_at__isnull=False, files_removed=False).order_by("pk"))
    for document in rows:
        _remove_files(document)
    return len(rows)


def _remove_files(document: Document) -> None:
    claim = claim_of(document.stored_as)
    for name in _names_beside(document.stored_as):
        if claim_of(name) == claim:
            default_storage.delete(name)
            faultpoint("documents.file_removed")
    Document.objects.filter(pk=document.pk).update(files_removed=True)


def _names_beside(stored_as: str) -> list[str]:
    folder = stored_as.rpartition("/")[0]
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{file}" for file in files]
