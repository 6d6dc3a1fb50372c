"""Look up a CEU record for its trainer. A record of another trainer is answered like one that does
not exist.
"""

from django.http import Http404

from ceus.models import CeuRecord
from trainers.models import Credential


def record_of(credential: Credential, pk: int) -> CeuRecord:
    """Return the trainer's own record with its course and provider; raises Http404 for every other."""
    records = CeuRecord.objects.present().select_related("course__provider", "claimed_for")
    record = records.filter(credential=credential, pk=pk).first()
    if record is None:
        raise Http404
    record.credential = credential
    return record
