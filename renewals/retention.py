"""How long evidence is kept (Q33). A file is deleted some cycles after the last cycle in which it
counted. A file that counted in none is kept one cycle longer, from its arrival. No file is deleted
while a case that uses it is open.
"""

from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet

from audits.models import AuditItem
from audits.models.audit import OPEN_STATES as OPEN_AUDITS
from ceus.models import RecordDocument
from core.retention import Kind
from documents.models import Document
from hardship.models import Relief, ReliefDocument
from names.models import NameRequest
from petitions.models import OPEN_STATES as OPEN_PETITIONS
from petitions.models import PetitionDocument
from rules.days import add_months
from rules.policy.model import PolicyVersion


def _over(at: datetime, figures: PolicyVersion) -> "QuerySet[Document]":
    """Return the documents that have been kept long enough: the last cycle in which they counted
    ended so many cycles ago. Documents that counted in no cycle are kept one cycle longer, from
    their arrival.
    """
    kept_months = figures.evidence_cycles * figures.cycle_months
    ended_before = add_months(at.date(), -kept_months)
    arrived_before = datetime.combine(add_months(ended_before, -figures.cycle_months), time(), at.tzinfo)
    proofs = RecordDocument.objects.filter(document=OuterRef("pk"))
    asked = PetitionDocument.objects.filter(document=OuterRef("pk"))
    later = Exists(proofs.filter(record__claimed_for__expires_on__gte=ended_before))
    later_too = Exists(asked.filter(petition__record__claimed_for__expires_on__gte=ended_before))
    counted = Exists(proofs.filter(record__claimed_for__isnull=False))
    counted_too = Exists(asked.filter(petition__record__claimed_for__isnull=False))
    old = Document.objects.filter(erased_at=None, uploaded_at__lt=at).filter(~later, ~later_too)
    return _in_no_open_case(old.filter(counted | counted_too | Q(uploaded_at__lt=arrived_before))).order_by(
        "pk"
    )


def _in_no_open_case(rows: "QuerySet[Document]") -> "QuerySet[Document]":
    audits = AuditItem.objects.filter(audit__state__in=OPEN_AUDITS, record__evidence__document=OuterRef("pk"))
    petitions = PetitionDocument.objects.filter(petition__state__in=OPEN_PETITIONS, document=OuterRef("pk"))
    names = NameRequest.objects.open().filter(proof=OuterRef("pk"))
    reliefs = ReliefDocument.objects.filter(relief__state__in=Relief.OPEN, document=OuterRef("pk"))
    return rows.filter(~Exists(audits), ~Exists(petitions), ~Exists(names), ~Exists(reliefs))


def _mark(pks: list[int], at: datetime) -> None:
    """Mark the rows for deletion; `documents/forgetting.py` then deletes the files."""
    Document.objects.filter(pk__in=pks, erased_at=None).update(erased_at=at)


KINDS = [Kind("Evidence", _over, _mark)]
