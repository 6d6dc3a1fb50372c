"""The answers of the rules, as frozen values and as plain JSON values."""

from dataclasses import dataclass
from datetime import date

from rules.counting import Count, CountBasis
from rules.days import CyclePeriod, day_or_none
from rules.facts import RecordFact
from rules.fees import Fees, Window
from rules.more import MoreAnswers, add_more
from rules.units import Unit, format_cents
from rules.wording import record_clause, record_sentence, requirement_sentence

TOTAL = "total"
WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. Its amounts are whole numbers of the unit's smallest part, such as
    hundredths of a CEU.
    """

    code: str
    label: str
    required: int
    counted: int
    clause: str
    unit: Unit
    said: str = ""  # the sentence of a requirement that has no amount, such as a card

    @property
    def met(self) -> bool:
        """Return whether the counted amount reaches the required one."""
        return self.counted >= self.required

    @property
    def text(self) -> str:
        """Return the sentence for the trainer on how much of the requirement is met."""
        if self.said:
            return self.said
        label = "" if self.code == TOTAL else self.label
        return requirement_sentence(self.unit, label, self.counted, self.required)

    @property
    def missing(self) -> int:
        """Return the amount that is still needed; 0 when the requirement is met."""
        return max(0, self.required - self.counted)


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """How much one record counts; `reason` is None when it counts in full. `text`, its sentence, is
    made only when asked for.
    """

    record: RecordFact
    result: Count
    basis: CountBasis
    unit: Unit

    @property
    def id(self) -> str:
        """Return the record's id."""
        return self.record.id

    @property
    def counted(self) -> int:
        """Return how much of the record counts."""
        return self.result.counted

    @property
    def reason(self) -> str | None:
        """Return the code of why the record does not count in full; None when it does."""
        return self.result.reason

    @property
    def clause(self) -> str:
        """Return the clause behind the reason; empty without a reason."""
        return record_clause(self.record, self.result, self.basis.version)

    @property
    def text(self) -> str:
        """Return the sentence that tells the trainer how much the record counts, and why."""
        return record_sentence(self.unit, self.record, self.result, self.basis)


@dataclass(frozen=True, slots=True)
class Dates:
    """Every deadline, inclusive. `named` has (name, day) for the last days that the policy file
    names itself, such as "late_until".
    """

    opens_on: date
    expires_on: date
    completion_deadline: date
    last_day_to_apply: date
    next_cycle: CyclePeriod
    named: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A plain sentence and the clause that it rests on."""

    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer of `assess`. `status` is the status on the day `as_of`; tier, fees and what counts
    are those of the day `received_on`.
    """

    unit: Unit
    as_of: date
    received_on: date
    cycle: CyclePeriod
    status: str
    tier: str
    accepts_application: bool
    eligible: bool
    unmet: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    records: tuple[RecordAnswer, ...]
    fees: Fees | None
    dates: Dates
    windows: tuple[Window, ...]
    claims: tuple[str, ...]
    status_reason: Explanation
    window_reason: Explanation
    amount_reasons: tuple[Explanation, ...]
    more: MoreAnswers | None = None

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """Return the reasons in this order: the status, the window, the fees, what is missing, and
        what does not count in full.
        """
        return self.status_reason, self.window_reason, *self.amount_reasons

    @property
    def window_sentence(self) -> str:
        """Return why an application is accepted on the day of receipt, or why not."""
        return self.window_reason.text

    def requirement(self, code: str) -> Requirement:
        """Return the requirement with this code; raises KeyError."""
        found = self.requirement_or_none(code)
        if found is None:
            raise KeyError(code)
        return found

    def requirement_or_none(self, code: str) -> Requirement | None:
        """Return the requirement with this code; None where the way to renew asks for none, or it is only
        one of several ways.
        """
        return next((one for one in self.requirements if one.code == code), None)

    @property
    def total(self) -> Requirement:
        """Return the requirement for all categories together, not that for a single category."""
        return self.requirement(TOTAL)


def standing_as_dict(standing: Standing) -> dict[str, object]:
    """Return a standing as plain JSON values: amounts as decimal strings, dates in ISO format."""
    show = standing.unit.format
    answer: dict[str, object] = {
        "status": standing.status,
        "tier": standing.tier,
        "accepts_application": standing.accepts_application,
        "eligible": standing.eligible,
        "unmet": list(standing.unmet),
        "requirements": [
            {
                "code": one.code,
                "required": one.unit.format(one.required),
                "counted": one.unit.format(one.counted),
                "met": one.met,
            }
            for one in standing.requirements
        ],
        "records": [
            {"id": one.id, "counted": show(one.counted), "reason": one.reason} for one in standing.records
        ],
        "fees": _fees_as_dict(standing.fees) if standing.fees else None,
        "dates": _dates_as_dict(standing.dates, standing.more),
        "explanations": [{"clause": one.clause, "text": one.text} for one in standing.explanations],
    }
    return add_more(answer, standing.more, standing.unit) if standing.more else answer


def _fees_as_dict(fees: Fees) -> dict[str, object]:
    lines = [
        {"code": line.code, "amount": format_cents(line.amount_cents), "clause": line.clause}
        for line in fees.lines
    ]
    return {"currency": fees.currency, "total": format_cents(fees.total_cents), "lines": lines}


def _dates_as_dict(dates: Dates, more: MoreAnswers | None) -> dict[str, object]:
    next_cycle = {
        "starts_on": dates.next_cycle.starts_on.isoformat(),
        "expires_on": dates.next_cycle.expires_on.isoformat(),
    }
    return {
        "opens_on": _day_or_none(dates.opens_on),
        "expires_on": _day_or_none(dates.expires_on),
        "completion_deadline": _day_or_none(dates.completion_deadline),
        **{name: day.isoformat() for name, day in dates.named},
        "last_day_to_apply": _day_or_none(dates.last_day_to_apply),
        "next_cycle": None if more and more.lifetime else next_cycle,
    }


def _day_or_none(day: date) -> str | None:
    known = day_or_none(day)
    return known.isoformat() if known else None
