"""Log a completed course of the catalogue, or a CPR/AED card (Q23)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ceus.cards import card_category, remind_of_card_on
from ceus.described import describe_course
from ceus.models import CeuRecord, Course, RecordDocument, course_ceus_on
from ceus.services import record_checks
from ceus.services.evidence import attach_evidence, has_same_file
from core.errors import Refusal
from core.history import record_history
from documents.waiting import WaitingFile
from trainers.models import Credential, Trainer

Part = RecordDocument.Part


def log_course(
    credential: Credential,
    *,
    course: Course,
    completed_on: date,
    certificate: WaitingFile | None,
    by: Trainer,
    at: datetime,
    today: date,
) -> CeuRecord:
    """Log a completed course; without its certificate the record is pending. Idempotent.

    Raises Refusal for a day in the future, for a day on which the course was not approved (Q10),
    and for another certificate when the record has one.
    """
    record_checks.check_owner(credential, by)
    record_checks.check_no_card(course, completed_on, credential=credential)
    record_checks.check_completed_on(completed_on, today=today, at=at, credential=credential)
    record_checks.check_approved(course, completed_on)
    record = CeuRecord(
        credential=credential,
        course=course,
        category=course.category,
        title=course.title,
        completed_on=completed_on,
        hundredths=course_ceus_on(course, completed_on),
        **describe_course(course).columns,
    )
    files = {Part.CERTIFICATE.value: certificate} if certificate else {}
    return _log(record, files, by=by, at=at)


def log_card(
    credential: Credential,
    *,
    completed_on: date,
    valid_through: date,
    front: WaitingFile,
    back: WaitingFile,
    by: Trainer,
    at: datetime,
    today: date,
) -> CeuRecord:
    """Log a card with both sides and its last valid day (Q11, Q23). Idempotent.

    Raises Refusal for impossible days, and for another last day or side of a logged card.
    """
    record_checks.check_owner(credential, by)
    record_checks.check_completed_on(completed_on, today=today, at=at, credential=credential)
    record_checks.check_card_days(completed_on, valid_through)
    category = card_category(credential, completed_on)
    if category is None:
        raise Refusal("Your certification does not ask for a card.", code="no_card_asked")
    record = CeuRecord(
        credential=credential,
        category=category.code,
        title=category.label,
        completed_on=completed_on,
        hundredths=category.minimum,
        valid_through=valid_through,
        remind_on=remind_of_card_on(credential, valid_through, today=today),
    )
    return _log(record, {Part.CARD_FRONT.value: front, Part.CARD_BACK.value: back}, by=by, at=at)


def _log(record: CeuRecord, files: Mapping[str, WaitingFile], *, by: Trainer, at: datetime) -> CeuRecord:
    """Save the record and its files, or complete the earlier record of this completion."""
    record.logged_at, record.logged_by = at, by
    record_checks.check_new_event(record)
    record_checks.check_new_proof(record, files.values())
    try:
        with transaction.atomic():
            record.save(force_insert=True)
            trainer = record.credential.trainer
            record_history(record, "logged", trainer=trainer, by=by, at=at, change=("", record.state))
            return attach_evidence(record, files=files, by=by, at=at)
    except IntegrityError:
        with transaction.atomic():
            locked = CeuRecord.objects.select_for_update(of=("self",))
            before = locked.same_completion_as(record).first()
            if before is None:
                raise
            return _complete(before, record, files, by=by, at=at)


def _complete(
    before: CeuRecord, record: CeuRecord, files: Mapping[str, WaitingFile], *, by: Trainer, at: datetime
) -> CeuRecord:
    """Add missing files to the record that was logged before, or return it unchanged. Raises
    Refusal when it is complete and what is now typed or sent differs.
    """
    is_waiting = before.state == CeuRecord.State.PENDING or before.reported_by_provider
    if is_waiting and not before.claimed_for_id:
        return attach_evidence(before, files=files, by=by, at=at)
    if before.valid_through != record.valid_through or not all(
        has_same_file(before, file) for file in files.values()
    ):
        sentence = "You have already logged this with that date. Open it in My courses to change it."
        raise Refusal(sentence, code="logged_before", field="completed_on")
    return before
