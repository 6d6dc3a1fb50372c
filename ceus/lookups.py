"""Lookups from a trainer to their own CEU records."""

from django.http import Http404

from ceus.models import CeuRecord
from trainers.models import Credential


def record_of(credential: Credential, pk: int) -> CeuRecord:
    """Return the trainer's record with its course and provider.

    Raises the same Http404 for a record that does not exist and for another trainer's.
    """
    records = CeuRecord.objects.present().select_related("course__provider", "claimed_for")
    record = records.filter(credential=credential, pk=pk).first()
    if record is None:
        raise Http404
    record.credential = credential
    return record
