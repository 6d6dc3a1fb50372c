"""How petitions use documents: those of a granted record count with it."""

from datetime import date

from django.db.models import QuerySet

from documents.uses import EvidenceUse
from petitions.models import OPEN_STATES, PetitionDocument


def _counted() -> "QuerySet[PetitionDocument]":
    return PetitionDocument.objects.filter(petition__record__claimed_for__isnull=False)


def _counted_since(day: date) -> "QuerySet[PetitionDocument]":
    return PetitionDocument.objects.filter(petition__record__claimed_for__expires_on__gte=day)


def _in_open_petition() -> "QuerySet[PetitionDocument]":
    return PetitionDocument.objects.filter(petition__state__in=OPEN_STATES)


USES = [
    EvidenceUse("document", counted=_counted, counts_since=_counted_since, in_open_case=_in_open_petition),
]
