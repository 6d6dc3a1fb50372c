"""The transcript: every cycle of a credential with its courses and cards, their amounts, and its renewal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ceus.models import CeuRecord
from ceus.pages.sharing import where_a_persons_records_count
from core import clock
from core.policy_words import fill_policy_words, opened_with_a_capital
from core.spreadsheet import text_cell
from core.templatetags.words import day
from renewals.models import Application
from rules.days import day_or_life, through_words
from rules.given_status import status_words
from rules.policy.model import Policy
from rules.units import Unit, format_number
from trainers.models import Credential, Cycle


@dataclass(frozen=True, slots=True)
class Line:
    """A course or a card in the transcript. `valid_through` is a card's last valid day, inclusive."""

    on: date
    title: str
    provider: str
    hundredths: int
    valid_through: date | None
    state: str
    reported_by: str = ""
    counts_for: str = ""  # the certifications for which it counts, where several share it

    @property
    def note(self) -> str:
        """Return a card's last valid day, the provider that reported the record, the record's state
        when it is not accepted, and for which of several certifications it counts.
        """
        valid = f"Valid through {day(self.valid_through)}" if self.valid_through else ""
        state = "" if self.state == CeuRecord.State.ACCEPTED.label else self.state
        reported = f"Reported by {self.reported_by}" if self.reported_by else ""
        shared = f"Counts for {self.counts_for}" if self.counts_for else ""
        return ". ".join(filter(None, (valid, reported, state, shared)))


@dataclass(frozen=True, slots=True)
class CyclePart:
    """One cycle of a credential, from its first day through its last, and the renewal that ended it
    ("" when none did). `given` is its status where that is not certified, such as "inactive".
    """

    starts_on: date
    expires_on: date
    reference: str
    renewed_on: date | None
    lines: list[Line]
    total: str
    given: str = ""

    @property
    def period(self) -> str:
        words = f"{day(self.starts_on)} {through_words(self.expires_on)}"
        return f"{words}, {self.given}" if self.given else words

    @property
    def outcome(self) -> str:
        if self.renewed_on:
            return f"Renewed on {day(self.renewed_on)}, {self.reference}"
        return ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All cycles of one credential, the newest first."""

    name: str
    title: str
    number: str
    awarded_on: date
    cycles: list[CyclePart]
    unit: Unit

    @property
    def units(self) -> str:
        return opened_with_a_capital(self.unit.plural)


def transcripts_of(credentials: list[Credential], *, today: date) -> list[Transcript]:
    """Return the transcript of each credential. Records that were removed are left out; records
    that no renewal has claimed are in the newest cycle.
    """
    owners = {one.trainer_id: one.trainer for one in credentials}
    shared = {
        pk: words for one in owners.values() for pk, words in where_a_persons_records_count(one).items()
    }
    return [
        Transcript(
            *(one.trainer.name, one.policy.title, one.display_number, one.awarded_on),
            cycles=list(_cycles(one, shared)),
            unit=one.policy.unit,
        )
        for one in credentials
        if one.awarded_on <= today
    ]


def _cycles(credential: Credential, shared: Mapping[int, str]) -> Iterator[CyclePart]:
    cycles = list(Cycle.objects.filter(credential=credential).order_by("-starts_on"))
    approved = Application.objects.filter(cycle__in=cycles, state=Application.State.APPROVED)
    renewals = {one.cycle_id: one for one in approved}
    records = CeuRecord.objects.present().filter(credential=credential)
    lines: dict[int, list[CeuRecord]] = {}
    for record in records.select_related("course__provider").order_by("completed_on", "pk"):
        lines.setdefault(record.claimed_for_id or cycles[0].pk, []).append(record)
    for cycle in cycles:
        yield _part(credential.policy, cycle, renewals.get(cycle.pk), lines.get(cycle.pk, []), shared)


def _part(
    policy: Policy,
    cycle: Cycle,
    renewal: Application | None,
    records: list[CeuRecord],
    shared: Mapping[int, str],
) -> CyclePart:
    path = cycle.status_path
    counted = sum(one.hundredths for one in records if one.state == CeuRecord.State.ACCEPTED)
    renewed_on = clock.date_of(renewal.ended_at, policy.time_zone) if renewal and renewal.ended_at else None
    return CyclePart(
        starts_on=cycle.starts_on,
        expires_on=cycle.expires_on,
        reference=renewal.reference if renewal else "",
        renewed_on=renewed_on,
        lines=[_line(record, shared.get(record.pk, "")) for record in records],
        total=policy.unit.words(counted),
        given=status_words(str(path.status)) if path else "",
    )


def _line(record: CeuRecord, counts_for: str) -> Line:
    return Line(
        on=record.completed_on,
        title=record.title,
        provider=record.course.provider.name if record.course else "",
        hundredths=record.hundredths,
        valid_through=record.valid_through,
        state=record.get_state_display(),
        reported_by=record.reported_by,
        counts_for=counts_for,
    )


def transcript_columns() -> tuple[str, ...]:
    """Return the headings of the table's columns."""
    return (
        *("Certification", "Number", "Cycle from", "Cycle through", "Renewal", "Renewed on"),
        *("Finished on", "Course or card", "Provider", fill_policy_words("{units}")),
        *("Card valid through", "State", "Reported by", "Counts for"),
    )


def transcript_table(transcripts: list[Transcript]) -> Iterator[list[str]]:
    """Yield a row of safe cells for each course or card, and one for each cycle without any. Dates
    are written as year-month-day.
    """
    for one in transcripts:
        for part in one.cycles:
            renewed = part.renewed_on.isoformat() if part.renewed_on else ""
            cycle = [text_cell(one.title), text_cell(one.number), part.starts_on.isoformat()]
            cycle += [day_or_life(part.expires_on), part.reference, renewed]
            lines: list[Line | None] = [*part.lines] or [None]
            for line in lines:
                yield [*cycle, *(_cells(line, one.unit) if line else [""] * 8)]


def _cells(line: Line, unit: Unit) -> list[str]:
    valid = line.valid_through.isoformat() if line.valid_through else ""
    amount = format_number(line.hundredths, unit.digits, unit.digits)
    named = [line.on.isoformat(), text_cell(line.title), text_cell(line.provider)]
    return [*named, amount, valid, line.state, text_cell(line.reported_by), text_cell(line.counts_for)]
