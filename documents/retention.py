"""What is removed after a while: evidence, the files of documents marked as no longer kept, and
counts of uploads (Q33).

A file of evidence is deleted some cycles after the last cycle in which it counted. A file that
counted in none is kept one cycle longer, from its arrival. No file is deleted while a case that
uses it is open.
"""

from datetime import datetime, time

from django.db.models import Q, QuerySet

from core.policy_words import fitting_policies
from core.retention import Kind
from documents.forgetting import remove_marked
from documents.models import Document, UploadHour
from documents.quota import KEPT_FOR
from documents.uses import evidence_uses
from rules.days import add_months
from rules.policy.model import PolicyVersion


def _over_evidence(at: datetime, figures: PolicyVersion) -> "QuerySet[Document]":
    """Return the documents that have been kept long enough, by the longest time of the portal's policies:
    a file does not say for which certification it will be asked.
    """
    versions = [figures, *(one for policy in fitting_policies() for one in policy.versions)]
    kept_months = max(one.evidence_cycles * one.cycle_months for one in versions)
    ended_before = add_months(at.date(), -kept_months)
    cycle_months = max(one.cycle_months for one in versions)
    arrived_before = datetime.combine(add_months(ended_before, -cycle_months), time(), at.tzinfo)
    rows = Document.objects.filter(erased_at=None, uploaded_at__lt=at)
    has_counted = Q(uploaded_at__lt=arrived_before)
    for use in evidence_uses():
        if use.counts_since:
            rows = rows.filter(~use.about_document(use.counts_since(ended_before)))
        if use.in_open_case:
            rows = rows.filter(~use.about_document(use.in_open_case()))
        if use.counted:
            has_counted |= Q(use.about_document(use.counted()))
    return rows.filter(has_counted).order_by("pk")


def _mark(pks: list[int], at: datetime) -> None:
    """Mark the rows for deletion; `documents/forgetting.py` then deletes the files."""
    Document.objects.filter(pk__in=pks, erased_at=None).update(erased_at=at)


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
    Kind("Evidence", _over_evidence, _mark),  # after the files: a row is marked one round before they go
    Kind("Counts of uploads", _over_counts, _remove_counts),
]
