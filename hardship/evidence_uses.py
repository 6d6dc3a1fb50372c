"""How requests for more time and for waivers use documents."""

from django.db.models import QuerySet

from documents.uses import EvidenceUse
from hardship.models import Relief, ReliefDocument


def _of_open_relief() -> "QuerySet[ReliefDocument]":
    return ReliefDocument.objects.filter(relief__state__in=Relief.OPEN)


USES = [EvidenceUse("document", in_open_case=_of_open_relief)]
