"""A returned renewal, as its trainer corrects it: the reason, the record that the reason is about,
and what needs no correction.
"""

from dataclasses import dataclass
from datetime import date

from ceus.models import CeuRecord
from ceus.pages.records import with_evidence
from core.clock import date_of
from core.templatetags.words import day
from documents.models import Document
from renewals.models import Application, Decision
from renewals.pages.cards import correct_by
from renewals.pages.certified import certified_sentence
from renewals.pages.snapshot import Snapshot
from renewals.standing import claimed_standing
from rules.units import count_of

Reason = Decision.Reason
ABOUT_COURSES = (Reason.CERTIFICATE, Reason.COURSE, Reason.DATE)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that the trainer sent: which part of the proof it is, and the day on which it arrived."""

    label: str
    document: Document
    sent_on: date


@dataclass(frozen=True, slots=True)
class UnchangedItem:
    """Something that needs no correction."""

    title: str
    line: str


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """The content of the page of a returned renewal. `records` are the records that the reason may
    be about; `chosen` is the record that is corrected on this page, None until the trainer chooses
    among several.
    """

    reason: str
    deadline: str
    price: str
    records: tuple[CeuRecord, ...]
    chosen: CeuRecord | None
    files: tuple[SentFile, ...]
    fine: tuple[UnchangedItem, ...]
    certified: str


def records_to_mend(application: Application, snapshot: Snapshot) -> list[CeuRecord]:
    """Return the claimed records that the reason of a return may be about; none when something must
    be added instead.
    """
    if application.state != Application.State.RETURNED or snapshot.today > application.last_day_to_correct:
        return []
    if not claimed_standing(application).eligible and not snapshot.rests_on_petitions:
        return []  # what is missing is added elsewhere, then the renewal is sent again as it is
    last = application.decisions.filter(verdict=Decision.Verdict.RETURN).order_by("-pk").first()
    code = last.reason_code if last and application.decided_by_id else ""
    claimed = CeuRecord.objects.counting().filter(claimed_for=application.cycle_id, granted=False)
    records = list(with_evidence(claimed))
    pointed_at = [one for one in records if last and application.decided_by_id and one.pk == last.record_id]
    if pointed_at:
        return pointed_at
    if code == Reason.CARD:
        return [one for one in records if one.is_card]
    if code in ABOUT_COURSES:
        return [one for one in records if not one.is_card]
    return records


def returned_page(
    application: Application, snapshot: Snapshot, records: list[CeuRecord], chosen: CeuRecord | None
) -> ReturnedPage:
    """Return the page about `chosen`, one of `records`."""
    deadline, _, price = correct_by(snapshot, application).partition(". ")
    return ReturnedPage(
        reason=application.returned_reason,
        deadline=f"{deadline.rstrip('.')}.",
        price=price,
        records=tuple(records),
        chosen=chosen,
        files=_files(chosen, snapshot) if chosen else (),
        fine=tuple(_fine(application, snapshot, chosen)),
        certified=certified_sentence(snapshot),
    )


def _files(record: CeuRecord, snapshot: Snapshot) -> tuple[SentFile, ...]:
    current = record.evidence.current().select_related("document").order_by("-part")  # the front first
    return tuple(
        SentFile(one.get_part_display(), one.document, date_of(one.document.uploaded_at, snapshot.zone))
        for one in current
    )


def _fine(application: Application, snapshot: Snapshot, chosen: CeuRecord | None) -> list[UnchangedItem]:
    """Return what needs no correction: the other courses, the card, and the payment."""
    unit = snapshot.policy.unit
    fine = []
    others = [
        (fact, answer)
        for fact, answer in snapshot.own_answers
        if answer.counted and (chosen is None or fact.id != str(chosen.pk))
    ]
    code = snapshot.card_category.code if snapshot.card_category else None
    courses = [answer.counted for fact, answer in others if fact.category != code]
    if courses:
        count = count_of(len(courses), "course")
        fine.append(UnchangedItem(count, f"{unit.words(sum(courses))}, all counted"))
    if snapshot.card and snapshot.card_through and any(fact.category == code for fact, _ in others):
        fine.append(
            UnchangedItem(f"{snapshot.card.label} card", f"Valid through {day(snapshot.card_through)}")
        )
    charge = application.charge
    if charge and charge.paid_cents and charge.paid_at:
        paid_on = day(date_of(charge.paid_at, snapshot.zone))
        fine.append(
            UnchangedItem(f"Paid {snapshot.money(charge.paid_cents)}", f"{paid_on}. Nothing more to pay")
        )
    return fine
