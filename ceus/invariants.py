"""Invariants of CEU records: each is claimed once, by a renewal of its own trainer, and accepted
only with evidence.
"""

from collections.abc import Iterator

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from ceus.models import AffectedRecord, CatalogueChange, CeuRecord, Course, HeldCard, RecordDocument
from core.history import subject_prefix
from core.invariants import Check, forbidden_steps, states_unlike_history
from core.models import HistoryEntry
from hardship.standing import extended_through
from rules.facts import COMPLETION

State = CeuRecord.State


def _claimed_elsewhere() -> Iterator[str]:
    claimed = CeuRecord.objects.filter(claimed_for__isnull=False)
    claimed = claimed.annotate(extended=extended_through(COMPLETION, "claimed_for"))
    strange = ~Q(claimed_for__credential=F("credential"))
    late = Q(completed_on__gt=F("claimed_for__completion_deadline")) & (
        Q(extended__isnull=True) | Q(completed_on__gt=F("extended"))
    )
    outside = Q(completed_on__lt=F("claimed_for__starts_on")) | late
    unfit = ~Q(state=State.ACCEPTED)
    for record in claimed.filter(strange | outside | unfit).order_by("pk").iterator():
        yield f"record {record.pk}, {record.state}, of {record.completed_on} is claimed for cycle {record.claimed_for_id}"


def _claimed_twice() -> Iterator[str]:
    counting = CeuRecord.objects.counting().order_by()
    courses = counting.filter(course__isnull=False).values_list("credential", "course", "completed_on")
    others = counting.filter(course__isnull=True).values_list(
        "credential", "title", "completed_on", "category"
    )
    for group in courses.annotate(n=Count("pk")).filter(n__gt=1).iterator():
        yield f"credential {group[0]} has course {group[1]} of {group[2]} {group[-1]} times"
    for group in others.annotate(n=Count("pk")).filter(n__gt=1).iterator():
        yield f"credential {group[0]} has “{group[1]}” of {group[2]} {group[-1]} times"


def _accepted_without_proof() -> Iterator[str]:
    """Yield accepted records without a certificate, a complete card or a provider's report (Q23)."""
    current = RecordDocument.objects.filter(replaced_at__isnull=True)
    part = RecordDocument.Part
    front, back = (current.filter(part=side).values("record") for side in (part.CARD_FRONT, part.CARD_BACK))
    certificate = current.filter(part=part.CERTIFICATE).values("record")
    course = (Q(course__isnull=False) | Q(granted=True)) & ~Q(pk__in=certificate)
    card = Q(course__isnull=True, granted=False) & (
        ~Q(pk__in=front) | ~Q(pk__in=back) | Q(valid_through__isnull=True)
    )
    accepted = CeuRecord.objects.filter(state=State.ACCEPTED, reported_by_provider=False)
    for pk in accepted.filter(course | card).order_by("pk").values_list("pk", flat=True).iterator():
        yield f"record {pk} is accepted without its proof"


def _evidence_of_others() -> Iterator[str]:
    strange = RecordDocument.objects.exclude(document__owner=F("record__credential__trainer"))
    for record, document in strange.order_by("pk").values_list("record", "document").iterator():
        yield f"record {record} is proven by document {document} of another owner"


def _undated_ceus() -> Iterator[str]:
    """Yield courses whose CEUs are not those of their newest change (Q32)."""
    newest = CatalogueChange.objects.dated_ceus().filter(course=OuterRef("pk")).order_by("-pk")
    courses = Course.objects.annotate(told=Subquery(newest.values("hundredths_after")[:1]))
    other = courses.exclude(told=None).exclude(told=F("hundredths")).order_by("pk")
    for pk, given, told in other.values_list("pk", "hundredths", "told").iterator():
        yield f"course {pk} gives {given} hundredths, and its newest change says {told}"


def _undecided_meanings() -> Iterator[str]:
    """Yield the records whose CEUs or approval differ from what the newest change of the catalogue
    gave them (Q32). A record whose day its trainer has changed after that follows the catalogue on
    its new day.
    """
    later = AffectedRecord.objects.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
    moved = HistoryEntry.objects.filter(
        subject=Concat(Value(subject_prefix(CeuRecord)), Cast(OuterRef("record_id"), CharField())),
        verb__in=("changed", "corrected", "correction taken back", "reported", "report withdrawn"),
        at__gte=OuterRef("change__at"),
    )
    told = AffectedRecord.objects.exclude(
        hundredths_after=F("record__hundredths"), approved_after=F("record__approved")
    )
    found = told.exclude(Exists(later)).exclude(Exists(moved)).order_by("record")
    for pk in found.values_list("record", flat=True).iterator():
        yield f"record {pk} counts otherwise than the newest change of the list says"


def _taken_without_a_lead() -> Iterator[str]:
    """Yield the records that lost CEUs or approval by a change of the catalogue that was saved with
    the choice to leave records as they are (Q32).
    """
    kept = AffectedRecord.objects.exclude(change__records=CatalogueChange.Records.CHANGED)
    other = ~Q(hundredths_before=F("hundredths_after")) | ~Q(approved_before=F("approved_after"))
    for record, change in kept.filter(other).order_by("pk").values_list("record", "change").iterator():
        yield f"record {record} was changed by {change}, which leaves records as they are"


def _cards_of_others() -> Iterator[str]:
    for card in HeldCard.objects.exclude(document__owner=F("trainer")).order_by("pk").iterator():
        yield f"card {card.pk} of trainer {card.trainer_id} is the file of somebody else"


CHECKS = [
    Check(12, "Evidence belongs to the trainer whom it speaks for", _evidence_of_others),
    Check(
        13,
        "A completion counts only in a cycle of its own credential, on a day that counts",
        _claimed_elsewhere,
    ),
    Check(11, "A card is in the state that its history tells", lambda: states_unlike_history(HeldCard)),
    Check(15, "A card takes only the steps that there are", lambda: forbidden_steps(HeldCard)),
    Check(12, "A kept card is a file of its own trainer", _cards_of_others),
    Check(13, "The same completion is there once", _claimed_twice),
    Check(13, "What counts has its proof", _accepted_without_proof),
    Check(17, "A course gives what its newest change says", _undated_ceus),
    Check(17, "A record counts what the newest decision about it says", _undecided_meanings),
    Check(17, "Only a change that a lead decided changes records", _taken_without_a_lead),
    Check(11, "A record is in the state that its history tells", lambda: states_unlike_history(CeuRecord)),
    Check(15, "A record takes only the steps that there are", lambda: forbidden_steps(CeuRecord)),
]
