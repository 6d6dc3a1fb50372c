"""What is removed after a while: the files of documents marked as no longer kept, and counts of
uploads.
"""

from datetime import datetime

from django.db.models import QuerySet

from core.retention import Kind
from documents.forgetting import remove_marked
from documents.models import Document, UploadHour
from documents.quota import KEPT_FOR
from rules.policy.model import PolicyVersion


def _marked(at: datetime, figures: PolicyVersion) -> "QuerySet[Document]":
    return Document.objects.filter(erased_at__lte=at, files_removed=False).order_by("pk")


def _over_counts(at: datetime, figures: PolicyVersion) -> "QuerySet[UploadHour]":
    return UploadHour.objects.filter(hour__lt=at - KEPT_FOR).order_by("pk")


def _remove_files(pks: list[int], at: datetime) -> None:
    remove_marked(Document.objects.filter(pk__in=pks))


def _remove_counts(pks: list[int], at: datetime) -> None:
    UploadHour.objects.filter(pk__in=pks).delete()


KINDS = [
    Kind("Files that are not kept", _marked, _remove_files),
    Kind("Counts of uploads", _over_counts, _remove_counts),
]
