"""How audits use documents: those of every record that an open audit checks."""

from django.db.models import QuerySet

from audits.models import AuditItem
from audits.models.audit import OPEN_STATES
from documents.uses import EvidenceUse


def _in_open_audit() -> "QuerySet[AuditItem]":
    return AuditItem.objects.filter(audit__state__in=OPEN_STATES)


USES = [EvidenceUse("record__evidence__document", in_open_case=_in_open_audit)]
