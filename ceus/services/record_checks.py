"""The conditions for writing a record. Each refusal names its field."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from ceus.cards import is_card
from ceus.models import CeuRecord, Course, RecordDocument
from core.deadlines import latest_today
from core.errors import Refusal, require_self
from documents.waiting import WaitingFile
from rules.days import add_days, day_in_words
from trainers.models import Credential, Trainer

COUNTED = "“{title}” on that day already counts."
COUNTED_BESIDE = (
    "“{title}” of {day} already counts, and one event counts once. If yours is another event, write to us."
)
WITHOUT_PROOF = "“{title}” of {day} is logged already, without its certificate, and one event counts once."
REPORTED = "The provider reported this. If it is wrong, ask them to correct it."
CLAIMED = "This is part of a renewal that you sent, so it cannot change."


def check_owner(credential: Credential, by: Trainer) -> None:
    """Raise Refusal unless `by` is the trainer of the credential."""
    require_self(by, credential.trainer_id)


def check_completed_on(day: date, *, today: date, at: datetime, credential: Credential) -> None:
    """Raise Refusal for a day in the future (Q36) or before the certification was awarded."""
    if day > latest_today(today, at=at, own_zone=credential.trainer.time_zone):
        raise Refusal("The day you finished cannot be in the future.", code="future", field="completed_on")
    if day < credential.awarded_on:
        awarded_on = day_in_words(credential.awarded_on)
        sentence = f"You were first certified on {awarded_on}. Enter that day or a later one."
        raise Refusal(sentence, code="before_award", field="completed_on")


def check_approved(course: Course, day: date) -> None:
    """Raise Refusal unless course and provider were approved on the day of completion (S9, Q10)."""
    if not (course.is_approved_on(day) and course.provider.is_approved_on(day)):
        sentence = (
            f"This course was not on our list on {day_in_words(day)}. Check the date on your certificate. "
            "Courses that are not on the list need our review."
        )
        raise Refusal(sentence, code="not_approved", field="completed_on")


def check_no_card(course: Course, day: date, *, credential: Credential) -> None:
    """Raise Refusal for a course in the card's category, which is logged as a card (Q23)."""
    if is_card(course.category, credential, day):
        raise Refusal("Add this as a card, with its front, its back and its last valid day.", code="card")


def check_card_days(completed_on: date, valid_through: date) -> None:
    if valid_through < completed_on:
        sentence = "The last valid day is before the day you finished. Check both dates on your card."
        raise Refusal(sentence, code="card_order", field="valid_through")


def check_free(record: CeuRecord) -> None:
    """Raise Refusal for a removed, claimed or granted record, which cannot change (Q23)."""
    if record.state == CeuRecord.State.REMOVED:
        raise Refusal("You removed this. Log it again if you need it.", code="removed")
    if record.state == CeuRecord.State.REJECTED:
        raise Refusal(
            "We did not accept this, so it cannot change. You can log it with another proof.", code="rejected"
        )
    if record.claimed_for_id:
        raise Refusal(CLAIMED, code="claimed")
    if record.granted:
        raise Refusal("We decided on this course, so it cannot change.", code="granted")
    if record.reported_by_provider:
        raise Refusal(REPORTED, code="reported")


def check_own_day(record: CeuRecord) -> None:
    """Raise Refusal for a record whose day its trainer cannot change: a provider reported it, or
    staff have corrected its day or CEUs.
    """
    if record.reported_by_provider:
        raise Refusal(REPORTED, code="reported", field="completed_on")
    if _is_corrected(record):
        sentence = "We corrected this, so its day stays. Write to us if it is wrong."
        raise Refusal(sentence, code="corrected", field="completed_on")


def check_removable(record: CeuRecord) -> None:
    """Raise Refusal for a record that staff have corrected: its trainer would log it again as it was
    before.
    """
    if _is_corrected(record):
        raise Refusal("We corrected this, so it stays. Write to us if it is wrong.", code="corrected")


def _is_corrected(record: CeuRecord) -> bool:
    newest = record.corrections.order_by("-pk").first()
    return newest is not None and newest.takes_back_id is None


def check_new_event(record: CeuRecord) -> None:
    """Raise Refusal when the same completion counts already, and a petition granted one of the two
    (invariant 13).

    The database compares courses and exact titles. What a petition granted need not have a course
    of the catalogue, and its title was typed, so this compares titles as people read them. A
    granted record and a logged one of neighboring days are one event: a time zone or a workshop of
    several days explains the difference (Q36), and the catalogue counts a course once in a cycle as
    well (Q12). Two petitions were compared by the people who decided them, so between them only the
    same day is refused.
    """
    day = record.completed_on
    same_day = Q(completed_on=day) if record.granted else Q(completed_on=day, granted=True)
    beside = Q(completed_on__in=(add_days(day, -1), add_days(day, 1)), granted=not record.granted)
    if record.course:
        beside &= Q(course__isnull=True) | Q(course__provider=record.course.provider_id)
    near = CeuRecord.objects.counting().filter(same_day | beside, credential=record.credential)
    found = near.titled(record.title).first()
    if found is None:
        return
    if found.state == CeuRecord.State.PENDING:
        known = WITHOUT_PROOF
    else:
        known = COUNTED if found.completed_on == day else COUNTED_BESIDE
    sentence = known.format(title=record.title, day=day_in_words(found.completed_on))
    raise Refusal(sentence, code="counted_before", field="completed_on")


def check_new_proof(record: CeuRecord, files: Iterable[WaitingFile]) -> None:
    """Raise Refusal for a file that proved an earlier record of this trainer which we rejected."""
    rejected = RecordDocument.objects.filter(
        record__credential=record.credential, record__state=CeuRecord.State.REJECTED
    )
    if rejected.filter(document__sent_sha256__in=[one.sent_sha256 for one in files]).exists():
        sentence = "We have looked at this file and did not accept it. Choose another proof, or write to us."
        raise Refusal(sentence, code="rejected_before", field="certificate")
