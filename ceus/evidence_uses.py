"""How CEU records and cards use documents. A card that the rules ask for counts through its last
valid day.
"""

from datetime import date

from django.db.models import Q, QuerySet

from ceus.models import HeldCard, RecordDocument
from documents.uses import EvidenceUse


def _counted() -> "QuerySet[RecordDocument]":
    return RecordDocument.objects.filter(record__claimed_for__isnull=False)


def _counted_since(day: date) -> "QuerySet[RecordDocument]":
    return RecordDocument.objects.filter(record__claimed_for__expires_on__gte=day)


def _cards_since(day: date) -> "QuerySet[HeldCard]":
    return HeldCard.objects.kept().filter(Q(valid_through=None) | Q(valid_through__gte=day))


USES = [
    EvidenceUse("document", counted=_counted, counts_since=_counted_since),
    EvidenceUse("document", counts_since=_cards_since),
]
