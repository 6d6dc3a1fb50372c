"""What an audit changes in a claimed record: it gets another file, or is rejected (S12, S13)."""

from collections.abc import Mapping
from datetime import datetime

from ceus.models import CeuRecord
from ceus.services.evidence import attach_evidence, lock_record, move_record
from documents.waiting import WaitingFile
from trainers.models import Trainer


def add_evidence(
    record: CeuRecord, *, files: Mapping[str, WaitingFile], by: Trainer, at: datetime
) -> CeuRecord:
    """Add `files` to a claimed record by part; files that they replace stay stored. The caller
    opens the transaction and decides whether files may still be added.
    """
    return attach_evidence(lock_record(record), files=files, by=by, at=at)


def reject_record(record: CeuRecord, *, by: Trainer | None, at: datetime, reason: str) -> CeuRecord:
    """Reject a record whose documents do not prove it, and release it from its renewal. Idempotent.

    A record that its trainer has removed meanwhile is left unchanged. The caller opens the
    transaction.
    """
    record = lock_record(record)
    if record.state in (CeuRecord.State.PENDING, CeuRecord.State.ACCEPTED):
        record.claimed_for = None
        move_record(record, CeuRecord.State.REJECTED, "rejected", by=by, at=at, reason=reason)
    return record
