"""The files of a record: adding and replacing them, and the record's state that depends on them
(Q23).
"""

from collections.abc import Mapping
from datetime import datetime

from cases.locking import lock_credential
from ceus.models import CeuRecord, RecordDocument
from ceus.parts import missing_parts
from core.history import record_history
from core.transitions import move
from documents.services import store_document
from documents.waiting import WaitingFile
from trainers.models import Trainer

State = CeuRecord.State


def lock_record(record: CeuRecord) -> CeuRecord:
    """Return a record, read again under lock after its credential was locked.

    Raises RuntimeError outside a transaction.
    """
    credential = lock_credential(record.credential_id)
    records = CeuRecord.objects.select_for_update(of=("self",)).select_related("course__provider")
    locked = records.get(pk=record.pk)
    locked.credential = credential
    return locked


def attach_evidence(
    record: CeuRecord, *, files: Mapping[str, WaitingFile], by: Trainer, at: datetime
) -> CeuRecord:
    """Add `files` to a locked record by part; accept it once nothing is missing. Replaced files are
    kept.
    """
    for part, waiting in files.items():
        _put(record, part, waiting, by=by, at=at)
    if record.state == State.PENDING and not missing_parts(record):
        move_record(record, State.ACCEPTED, "accepted", by=by, at=at)
    return record


def has_same_file(record: CeuRecord, waiting: WaitingFile) -> bool:
    """Return whether the file that was uploaded is already current evidence of the record."""
    return record.evidence.current().filter(document__sent_sha256=waiting.sent_sha256).exists()


def _put(record: CeuRecord, part: str, waiting: WaitingFile, *, by: Trainer, at: datetime) -> None:
    trainer = record.credential.trainer
    document = store_document(waiting, owner=trainer, by=by, at=at)
    before = record.evidence.current().filter(part=part)
    if before.filter(document=document).exists():
        return
    verb = "file replaced" if before.update(replaced_at=at) else "file added"
    RecordDocument.objects.create(record=record, document=document, part=part)
    detail = {"part": part, "document": document.pk}
    record_history(record, verb, trainer=trainer, by=by, at=at, detail=detail)


def move_record(
    record: CeuRecord, state: str, verb: str, *, by: Trainer | None, at: datetime, reason: str = ""
) -> None:
    """Move a locked record to `state`, with its history. Raises Refusal for a step that is not in
    TRANSITIONS.
    """
    move(record, state, verb, trainer=record.credential.trainer, by=by, at=at, reason=reason)
