"""The content of the pages about CEU records: rows in the trainer's words, from the answers of the
rules.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, QuerySet

from ceus.models import CeuRecord, RecordDocument
from ceus.pages.sharing import where_they_count
from ceus.sharing import countable_among, records_of_people, rule_of_several
from ceus.standing import facts_of_person, facts_of_records
from core.templatetags.words import day
from documents.models import Document
from hardship.standing import relief_of
from rules.answers import RecordAnswer, Standing
from rules.counting import CATEGORY_CAP, PENDING_RECORD
from rules.facts import ACCEPTED, PENDING, Facts
from rules.standing import assess
from trainers.circumstances import circumstances_of
from trainers.models import Credential, Cycle

NEEDS_CERTIFICATE = "Add its certificate, then it counts."
TAKES_OVER = "Your other card counts. This one takes over when that one ends."
STAYS = "You have enough without it, so it stays for your next cycle."


@dataclass(frozen=True, slots=True)
class RecordFate:
    """A way in which a record counts or does not, with its tag. `rank` sorts the records: those for
    which the trainer must do something come first.
    """

    rank: int
    tag_kind: str
    tag: str


WAITING = RecordFate(0, "warn", "Add certificate")
COUNTED = RecordFate(1, "ok", "Counted")
IN_PART = RecordFate(1, "ok", "Counted in part")
STAYING = RecordFate(2, "info", "Next cycle")
IN_RESERVE = RecordFate(2, "info", "In reserve")
NOT_COUNTED = RecordFate(3, "", "Not counted")
USED = RecordFate(4, "", "Used")


@dataclass(frozen=True, slots=True)
class Row:
    """A record, how much it counts, and why."""

    record: CeuRecord
    fate: RecordFate
    why: str
    counts_for: str = ""  # the certifications for which it counts, where several share it

    @property
    def is_counted(self) -> bool:
        """Return whether the record counts, in full or in part: its row then shows a tick instead of a tag."""
        return self.fate in (COUNTED, IN_PART)

    @property
    def needs_more(self) -> bool:
        """Return whether the trainer has something to add before the record counts."""
        return self.fate is WAITING

    @property
    def picture(self) -> Document | None:
        """Return the file whose first page is shown as the picture of the record; None when no file
        has a picture.
        """
        files: list[RecordDocument] = self.record.current_evidence  # type: ignore[attr-defined]  # prefetched
        front = sorted(files, key=lambda one: one.part != RecordDocument.Part.CARD_FRONT)
        return next((one.document for one in front if one.document.page_numbers), None)


@dataclass(frozen=True, slots=True)
class CycleView:
    """The records of the current cycle, and their sum."""

    rows: tuple[Row, ...]
    standing: Standing


def cycle_view(cycle: Cycle, *, today: date) -> CycleView:
    """Return every record that can count for `cycle`: first those for which the trainer must do
    something, then by how they count, the newest first. Three queries; more where a policy says something to
    people with several credentials.
    """
    every = records_of_people([cycle])[cycle.credential.trainer_id] if rule_of_several(cycle) else []
    records = list(with_evidence(_countable(cycle, every)))
    policy, facts = cycle.policy, _facts(cycle, records, every)
    standing = assess(facts, today, policy)
    answers = {answer.id: answer for answer in standing.records}
    if any(one.state == PENDING for one in facts.records):
        answers |= _beyond_proof(assess(_all_proven(facts), today, policy), facts)
    shared = where_they_count(cycle, every)
    rows = (_row(record, answers[str(record.pk)], standing, shared.get(record.pk, "")) for record in records)
    return CycleView(tuple(sorted(rows, key=lambda row: row.fate.rank)), standing)


def row_of(record: CeuRecord, cycle: Cycle, *, today: date) -> Row:
    """Return the row of one record, counted together with the other records of the cycle."""
    return next(row for row in cycle_view(cycle, today=today).rows if row.record.pk == record.pk)


def earlier_records(credential: Credential, cycle: Cycle) -> "QuerySet[CeuRecord]":
    """Return the records that counted towards earlier cycles, newest first."""
    records = CeuRecord.objects.present().filter(credential=credential, claimed_for__isnull=False)
    return with_evidence(records.exclude(claimed_for=cycle)).select_related("claimed_for")


def earlier_row(record: CeuRecord) -> Row:
    assert record.claimed_for  # noqa: S101 - chosen by it
    why = f"Part of your renewal of {day(record.claimed_for.expires_on)}."
    return Row(record, USED, why)


def after_saving(record: CeuRecord, cycle: Cycle, *, today: date) -> str:
    """Return the sentence shown after a record was saved: what the record counts now, and what is
    still missing.
    """
    view = cycle_view(cycle, today=today)
    why = next((row.why for row in view.rows if row.record.pk == record.pk), "")
    return " ".join(filter(None, ["Saved.", why, _still_missing(view.standing)]))


def _still_missing(standing: Standing) -> str:
    missing = standing.total.missing
    if missing:
        return f"You need {standing.unit.format(missing)} more."
    unmet = [requirement.text for requirement in standing.requirements if not requirement.met]
    return unmet[0] if unmet else f"You have all the {standing.unit.plural} you need."


def with_evidence(records: "QuerySet[CeuRecord]") -> "QuerySet[CeuRecord]":
    """Add course, provider and, as `current_evidence`, the files that were not replaced."""
    current = RecordDocument.objects.current().select_related("document")
    return records.select_related("course__provider").prefetch_related(
        Prefetch("evidence", current, to_attr="current_evidence")
    )


def _all_proven(facts: Facts) -> Facts:
    """Return `facts` as they would be with every missing certificate."""
    proven = (replace(one, state=ACCEPTED) if one.state == PENDING else one for one in facts.records)
    return replace(facts, records=tuple(proven))


def _beyond_proof(proven: Standing, facts: Facts) -> dict[str, RecordAnswer]:
    """Return, by id, the answers of `proven` about records whose certificate is missing, and that
    would not count with it either.
    """
    waiting = {one.id for one in facts.records if one.state == PENDING}
    return {
        one.id: one
        for one in proven.records
        if one.id in waiting and not one.counted and one.reason != CATEGORY_CAP
    }


def _countable(cycle: Cycle, every: list[CeuRecord]) -> "QuerySet[CeuRecord]":
    """Return the records that can count for `cycle`. `every` are the person's, of all certifications,
    where the policy says something about several.
    """
    if not every:
        return CeuRecord.objects.for_cycle(cycle)
    return CeuRecord.objects.filter(pk__in=[one.pk for one in countable_among(cycle, every)])


def _facts(cycle: Cycle, records: list[CeuRecord], every: list[CeuRecord]) -> Facts:
    if not every:
        return facts_of_records(cycle, records, relief_of(cycle))
    return facts_of_person(cycle, every, relief_of(cycle), circumstances_of(cycle))


def _row(record: CeuRecord, answer: RecordAnswer, standing: Standing, counts_for: str) -> Row:
    fate, why = _fate(record, answer, standing)
    return Row(record, fate, why, counts_for)


def _fate(record: CeuRecord, answer: RecordAnswer, standing: Standing) -> tuple[RecordFate, str]:
    if answer.reason == PENDING_RECORD:
        return WAITING, NEEDS_CERTIFICATE
    if record.valid_through and not answer.counted and answer.reason == CATEGORY_CAP:
        return IN_RESERVE, TAKES_OVER
    if not answer.counted:
        return NOT_COUNTED, answer.text
    if answer.id not in standing.claims and record.claimed_for_id is None:
        return STAYING, STAYS
    return (COUNTED if answer.reason is None else IN_PART), answer.text
