"""The facts that the rules take: one cycle of one credential, and the records claimed for it."""

from dataclasses import dataclass
from datetime import date

ACCEPTED, PENDING, REJECTED = RECORD_STATES = ("accepted", "pending", "rejected")


COMPLETION, APPLICATION = EXTENDED = ("completion", "application")


class FactsError(ValueError):
    """Facts that the rules cannot judge: a stable `code`, the name of the `field`, and a
    sentence.
    """

    def __init__(self, code: str, field: str | None, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class RecordFact:
    """One completed activity. `ceus` is a whole number of the unit's smallest part (hundredths);
    last days are inclusive.
    """

    id: str
    category: str
    ceus: int
    completed_on: date
    valid_through: date | None = None
    course: str | None = None
    approved_from: date | None = None
    approved_through: date | None = None
    state: str = ACCEPTED


@dataclass(frozen=True, slots=True)
class Extension:
    """More time to complete courses or to apply, for hardship (Q34). `through` is inclusive."""

    of: str
    through: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waived fee, by its code `of`: the whole line, or `cents` of it (Q35)."""

    of: str
    cents: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A cycle and its records. `received_on` is the day of receipt, when there is one or one is
    assumed.
    """

    expires_on: date
    starts_on: date | None = None
    awarded_on: date | None = None
    received_on: date | None = None
    records: tuple[RecordFact, ...] = ()
    extensions: tuple[Extension, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def extended(self, of: str, *, after: date) -> Extension | None:
        """Return the extension of kind `of` with the latest last day, if that is later than
        `after`; else None (Q34).
        """
        found = (one for one in self.extensions if one.of == of and one.through > after)
        return max(found, key=lambda one: one.through, default=None)
