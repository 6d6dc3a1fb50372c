"""Records that count because a petition was approved (S9)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from ceus.described import UNDESCRIBED, Described
from ceus.models import CeuRecord, Course, RecordDocument
from ceus.services.record_checks import COUNTED, check_new_event
from core.errors import Refusal
from core.history import record_history
from documents.models import Document
from trainers.models import Credential, Trainer


def check_can_grant(credential: Credential, *, title: str, completed_on: date) -> None:
    """Raise Refusal when `grant_record` would, because a record of this completion counts already."""
    check_new_event(CeuRecord(credential=credential, title=title, completed_on=completed_on, granted=True))


def grant_record(
    credential: Credential,
    *,
    title: str,
    category: str,
    completed_on: date,
    hundredths: int,
    course: Course | None = None,
    described: Described = UNDESCRIBED,
    certificate: Document,
    reported_at: datetime,
    by: Trainer | None,
    at: datetime,
) -> CeuRecord:
    """Create the accepted record of an approved petition. Policies that count only what was reported
    in time go by `reported_at`. The caller opens the transaction.

    Raises Refusal when a record of this completion counts already (invariant 13); a rejected record
    does not prevent it.
    """
    about = {"granted": True, "logged_at": reported_at, "logged_by": by, **described.columns}
    what = {"course": course, "category": category, "title": title, **about}
    record = CeuRecord(
        credential=credential,
        completed_on=completed_on,
        hundredths=hundredths,
        state=CeuRecord.State.ACCEPTED,
        **what,
    )
    check_new_event(record)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:
        if not CeuRecord.objects.same_completion_as(record).exists():
            raise
        raise Refusal(COUNTED.format(title=title), code="counted_before") from None
    RecordDocument.objects.create(record=record, document=certificate, part=RecordDocument.Part.CERTIFICATE)
    record_history(record, "granted", trainer=credential.trainer, by=by, at=at, change=("", record.state))
    return record
