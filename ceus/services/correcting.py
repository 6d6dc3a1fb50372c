"""Corrections of a record by staff. Each can be undone until a renewal claims the record (I17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Model

from cases.locking import lock_credential
from ceus.cards import remind_of_card_on
from ceus.described import UNDESCRIBED, describe_course
from ceus.models import AffectedRecord, CeuRecord, Correction, Course, RecordDocument, course_ceus_on
from ceus.models.corrections import FACTS, LONGEST_REASON
from ceus.notice_codes import CORRECTED
from ceus.services import record_checks
from ceus.services.evidence import lock_record
from ceus.sharing import is_used_by_a_renewal
from core.errors import Refusal
from core.history import record_history, subject_of
from core.policy_words import fill_policy_words
from core.transitions import check_words
from documents.models import Document, Viewing
from outbox.notices import queue_notice
from trainers.models import Credential, Trainer

MAY = "ceus.correct_record"
CLAIMED = (
    "It is part of a renewal that was sent, so it is decided there: judge it in the audit, or return the renewal and "
    "correct it once that ended."
)
USED = "“{title}” was part of an audit, a petition or a provider’s report, so it stays where it is."
SHARED = "Its certificate proves something else too, so it cannot move to another person."
# Rows about a record or a file that move with it.
MOVING = (AffectedRecord, Correction, RecordDocument, Viewing)


@dataclass(frozen=True)
class Corrected:
    """The facts that a record has after a correction."""

    completed_on: date
    hundredths: int
    course: Course | None = None
    credential: Credential | None = None  # None: it stays with its trainer


def correct_record(
    record: CeuRecord, *, facts: Corrected, by: Trainer | None, at: datetime, today: date, reason: str
) -> Correction:
    """Correct a record and mail its trainer; when it moves to another credential, both trainers.

    Idempotent. Raises Refusal for a record that is claimed, removed, rejected or granted by a
    petition, for facts that nobody could log, and without a reason.
    """
    with transaction.atomic():
        record, target = _lock_both(record, facts.credential)
        who = _check_may(record, target, by)
        before, after = _facts_of(record), _facts_after(record, facts, target)
        if before == after:
            return _last_or_refuse(record, before)
        _check_correctable(record)
        _check_facts(record, facts, target, today=today, at=at)
        reason = check_words(reason, field="reason", longest=LONGEST_REASON)
        correction = _write(record, before, after, by=who, at=at, reason=reason)
        _change(record, correction, today=today)
        _queue_correction_notice(correction, by=who)
        return correction


def take_back_correction(
    correction: Correction, *, by: Trainer | None, at: datetime, today: date, reason: str
) -> Correction:
    """Restore the facts before a correction, and mail those who were mailed about it. Idempotent.

    Raises Refusal once the record is claimed, when it was changed since, and when it would move to a
    closed account or away from an audit or a petition.
    """
    with transaction.atomic():
        other = correction.credential_before
        record, target = _lock_both(correction.record, other)
        who = _check_may(record, target, by)
        done = Correction.objects.filter(takes_back=correction).first()
        if done:
            return done
        if correction.takes_back_id:
            raise Refusal("Correct the record again instead.", code="out_of_order")
        if is_used_by_a_renewal(record):
            raise Refusal(CLAIMED, code="claimed")
        if _facts_of(record) != _side(correction, "after"):
            raise Refusal("The record was changed since. Correct it again instead.", code="changed")
        _check_correctable(record)
        _check_moves(record, target)
        reason = check_words(reason, field="reason", longest=LONGEST_REASON)
        before, after = _side(correction, "after"), _side(correction, "before")
        back = _write(record, before, after, by=who, at=at, reason=reason, takes_back=correction)
        _change(record, back, today=today)
        _queue_correction_notice(back, by=who)
        return back


def _lock_both(record: CeuRecord, other: Credential | None) -> tuple[CeuRecord, Credential]:
    """Return the record and its credential, or `other`, locked: both credentials first, by primary key."""
    for pk in sorted({record.credential_id, *([other.pk] if other else [])}):
        lock_credential(pk)
    locked = lock_record(record)
    return locked, lock_credential(other.pk) if other else locked.credential


def _check_may(record: CeuRecord, target: Credential, by: Trainer | None) -> Trainer:
    if by is None or not by.has_perm(MAY):
        raise Refusal("You may not correct records.", code="not_allowed")
    if by.pk in (record.credential.trainer_id, target.trainer_id):
        raise Refusal("Somebody else must correct your own records.", code="own_case")
    return by


def _check_correctable(record: CeuRecord) -> None:
    if record.state not in CeuRecord.COUNTING:
        sentence = f"It is “{record.get_state_display().lower()}” and counts nowhere, so it stays as it is."
        raise Refusal(sentence, code="out_of_order")
    if is_used_by_a_renewal(record):
        raise Refusal(CLAIMED, code="claimed")
    if record.granted:
        raise Refusal("A petition decided about this, so it stays as decided.", code="granted")


def _check_facts(
    record: CeuRecord, facts: Corrected, target: Credential, *, today: date, at: datetime
) -> None:
    record_checks.check_completed_on(facts.completed_on, today=today, at=at, credential=target)
    if record.valid_through:
        record_checks.check_card_days(facts.completed_on, record.valid_through)
    if facts.course is not None and record.course is not None:
        if facts.course.category != record.course.category:
            sentence = fill_policy_words("That course is of another category. The {holder} logs it anew.")
            raise Refusal(sentence, code="category", field="course")
        record_checks.check_approved(facts.course, facts.completed_on)
    if not 0 < facts.hundredths <= 10_000:
        raise Refusal(fill_policy_words("Write the {units}, such as {usual}."), code="ceus", field="ceus")
    _check_moves(record, target)


def _check_moves(record: CeuRecord, target: Credential) -> None:
    """Raise Refusal when the record would move to a closed account, or when another row, such as an
    audit's, refers to it or one of its files.
    """
    if target.pk == record.credential_id:
        return
    if not target.trainer.is_active:
        raise Refusal("That account is closed.", code="closed", field="number")
    if _is_named_by_others(record):
        raise Refusal(USED.format(title=record.title), code="used", field="number")
    if any(map(_is_named_by_others, _documents(record))) or _proves_another(record):
        raise Refusal(SHARED, code="shared", field="number")


def _is_named_by_others(row: Model) -> bool:
    """Return whether a row of another table refers to this one, but for those that move with a record."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if not relation.many_to_many and relation.related_model not in MOVING
    )


def _proves_another(record: CeuRecord) -> bool:
    files = RecordDocument.objects.filter(document__in=_documents(record))
    return files.exclude(record=record).exists()


def _documents(record: CeuRecord) -> list[Document]:
    return list(Document.objects.filter(evidence_for__record=record).distinct().order_by("pk"))


def _facts_of(record: CeuRecord) -> dict[str, object]:
    names = {"credential": "credential_id", "course": "course_id"}
    return {name: getattr(record, names.get(name, name)) for name in FACTS}


def _facts_after(record: CeuRecord, facts: Corrected, target: Credential) -> dict[str, object]:
    course = facts.course if record.course_id else None
    title = course.title if course and course.pk != record.course_id else record.title
    approved = True if record.course_id and facts.completed_on != record.completed_on else record.approved
    if course and course.pk != record.course_id:
        approved = True
    return {
        "credential": target.pk,
        "course": course.pk if course else None,
        "title": title,
        "completed_on": facts.completed_on,
        "hundredths": facts.hundredths,
        "approved": approved,
    }


def _side(correction: Correction, side: str) -> dict[str, object]:
    names = {"credential": f"credential_{side}_id", "course": f"course_{side}_id"}
    return {name: getattr(correction, names.get(name, f"{name}_{side}")) for name in FACTS}


def _last_or_refuse(record: CeuRecord, now: Mapping[str, object]) -> Correction:
    """Return the correction that gave the record these values. Raises Refusal when nothing would change."""
    last = record.corrections.order_by("-pk").first()
    if last is None or _side(last, "after") != now:
        raise Refusal("This is what the record says already.", code="nothing", field="completed_on")
    return last


def _write(
    record: CeuRecord,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    by: Trainer,
    at: datetime,
    reason: str,
    takes_back: Correction | None = None,
) -> Correction:
    keys = {"credential": "credential_{}_id", "course": "course_{}_id"}
    columns = {
        keys.get(name, name + "_{}").format(side): values[name]
        for side, values in (("before", before), ("after", after))
        for name in FACTS
    }
    return Correction.objects.create(
        record=record, **columns, reason=reason, by=by, at=at, takes_back=takes_back
    )


def _change(record: CeuRecord, correction: Correction, *, today: date) -> None:
    """Write the corrected values into the record, and move its files to the owner of the record."""
    record.credential = correction.credential_after
    record.course_id, record.title = correction.course_after_id, correction.title_after
    record.completed_on, record.hundredths = correction.completed_on_after, correction.hundredths_after
    record.approved = correction.approved_after
    if correction.course_after and correction.course_after_id != correction.course_before_id:
        for name, told in describe_course(correction.course_after).columns.items():
            setattr(record, name, told)
    record_checks.check_new_event(record)
    if record.valid_through:
        record.remind_on = remind_of_card_on(record.credential, record.valid_through, today=today)
    fields = [*FACTS, "remind_on", *UNDESCRIBED.columns]
    try:
        with transaction.atomic():
            record.save(update_fields=fields)
    except IntegrityError:
        if not CeuRecord.objects.same_completion_as(record).exclude(pk=record.pk).exists():
            raise
        sentence = record_checks.COUNTED.format(title=record.title)
        raise Refusal(sentence, code="counted_before", field="completed_on") from None
    if correction.is_of_another_person:
        owner = record.credential.trainer
        Document.objects.filter(pk__in=[one.pk for one in _documents(record)]).update(owner=owner)


def _queue_correction_notice(correction: Correction, *, by: Trainer) -> None:
    """Write the history of each trainer whom the correction affects, and queue their mails."""
    verb = "correction taken back" if correction.takes_back_id else "corrected"
    detail = _changes(correction)
    people = {
        one.pk: one for one in (correction.credential_before.trainer, correction.credential_after.trainer)
    }
    for trainer in people.values():
        record_history(
            correction.record,
            verb,
            trainer=trainer,
            by=by,
            at=correction.at,
            reason=correction.reason,
            detail=detail,
        )
        queue_notice(
            CORRECTED,
            subject=subject_of(correction),
            event=f"trainer:{trainer.pk}",
            trainer=trainer,
            send_at=correction.at,
        )


def _changes(correction: Correction) -> dict[str, list[object]]:
    """Return what history keeps of a correction: each changed fact, before and after."""
    pairs: dict[str, list[object]] = {
        "certification": [
            correction.credential_before.display_number,
            correction.credential_after.display_number,
        ],
        "title": [correction.title_before, correction.title_after],
        "completed_on": [str(correction.completed_on_before), str(correction.completed_on_after)],
        "hundredths": [correction.hundredths_before, correction.hundredths_after],
        "approved": [correction.approved_before, correction.approved_after],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def usual_ceus(course: Course | None, day: date, otherwise: int) -> int:
    """Return the hundredths that the list gives for a course on `day`; `otherwise` for a card."""
    return course_ceus_on(course, day) if course else otherwise
