"""What an audit does to a record that a renewal has claimed: a better file beside it, or its end
(S12, S13).
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from ceus.models import CeuRecord
from ceus.services.evidence import attach_evidence, move_record
from documents.waiting import Waiting
from trainers.models import Trainer


def add_evidence(record: CeuRecord, files: Mapping[str, Waiting], *, by: Trainer, at: datetime) -> CeuRecord:
    """Put `files` beside a claimed record, each in the place of what stood there, which is kept.

    Only inside the caller's transaction, the credential locked: whether it may still be added is the audit's to say.
    """
    return attach_evidence(_hold(record), files, by=by, at=at)


def reject_record(record: CeuRecord, *, by: Trainer | None, at: datetime, reason: str) -> CeuRecord:
    """Reject a record whose documents do not prove it, so that it counts no more. Idempotent. Only
    inside the caller's transaction.
    """
    record = _hold(record)
    if record.state != CeuRecord.State.REJECTED:
        move_record(record, CeuRecord.State.REJECTED, "rejected", by=by, at=at, reason=reason)
    return record


def _hold(record: CeuRecord) -> CeuRecord:
    if not connection.in_atomic_block:
        raise RuntimeError("rows are locked inside a transaction")
    records = CeuRecord.objects.select_for_update(of=("self",)).select_related("credential__trainer")
    return records.get(pk=record.pk)
