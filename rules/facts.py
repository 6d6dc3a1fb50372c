"""The facts that the rules take: one cycle of one credential, and the records claimed for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class RecordDetails:
    """What only some policies ask about a record. `used_by` are other credentials of the holder for
    which it already counted.
    """

    provider: str | None = None
    topics: tuple[str, ...] = ()
    format: str | None = None
    reported_on: date | None = None
    used_by: tuple[str, ...] = ()
    taken_before: bool = False


NO_DETAILS = RecordDetails()


@dataclass(frozen=True, slots=True)
class RecordFact:
    """One completed activity. `ceus` is a whole number of the unit's smallest part (hundredths of a
    CEU). Last days are inclusive.
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
    details: RecordDetails = NO_DETAILS


@dataclass(frozen=True, slots=True)
class CycleExtension:
    """More time to complete courses or to apply, for hardship (Q34). `through` is inclusive."""

    of: str
    through: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waiver of the fee with the code `of`: of its whole line, or of `cents` of it (Q35)."""

    of: str
    cents: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CardFact:
    """A card of the holder, such as CPR. Without a first or a last valid day it is valid without
    limit in that direction.
    """

    card: str
    valid_from: date | None = None
    valid_through: date | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class OtherCredential:
    """Another credential of the holder; `renewed` when this same application renews it as well.
    `opens_on` is the first day on which it can be renewed, `next_expires_on` the last day of the cycle
    after its present one. Without `keeps_lower` its holder wants to renew it in a way that renews no lower one.
    """

    code: str
    expires_on: date | None = None
    renewed: bool = True
    opens_on: date | None = None
    next_expires_on: date | None = None
    keeps_lower: bool = True


@dataclass(frozen=True, slots=True)
class DuePaid:
    """One payment of a fee of the policy's `dues`: the fee's code, the day on which it was due, and
    the day on which it was paid.
    """

    code: str
    due_on: date
    paid_on: date


@dataclass(frozen=True, slots=True)
class CourseFact:
    """The course that an appeal, petition or report is about, whether or not it counts."""

    category: str | None
    completed_on: date
    details: RecordDetails = NO_DETAILS


@dataclass(frozen=True, slots=True)
class ActFact:
    """A request or report made `on` a day, about something that happened on the day `since`;
    `before` is how often the holder made one before.
    """

    id: str
    act: str
    on: date
    since: date | None = None
    course: CourseFact | None = None
    before: int = 0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Facts about a person, a cycle and an application that only some policies ask for. A condition
    about one that is not given does not hold. `path` is used or refused; `wished_path`, which the
    holder chose earlier, only while it is open. `renewed_by` is the path by which this cycle was renewed.
    With `chooses_path` no path that is only chosen (for life, or with a status of its own) is used that
    neither `path` nor `wished_path` names, while another one is open.
    """

    number: int | None = None
    member: bool = False
    born_on: date | None = None
    country: str | None = None
    own: Mapping[str, object] = field(default_factory=dict)
    path: str | None = None
    wished_path: str | None = None
    renewed_by: str | None = None
    chooses_path: bool = False
    cards: tuple[CardFact, ...] = ()
    also: tuple[OtherCredential, ...] = ()
    dues: tuple[DuePaid, ...] = ()
    carried: tuple[RecordFact, ...] = ()
    uses: Mapping[str, int] = field(default_factory=dict)
    petitions: int = 0
    corrections: int = 0
    approved_on: date | None = None
    postmarked_on: date | None = None
    previous_received_on: date | None = None
    audited_on: date | None = None
    acts: tuple[ActFact, ...] = ()


NO_CIRCUMSTANCES = Circumstances()


@dataclass(frozen=True, slots=True)
class Facts:
    """A cycle and its records. `received_on` is the day of receipt of an application; None when
    there is none and none is assumed.
    """

    expires_on: date
    starts_on: date | None = None
    awarded_on: date | None = None
    received_on: date | None = None
    records: tuple[RecordFact, ...] = ()
    extensions: tuple[CycleExtension, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    more: Circumstances = field(default=NO_CIRCUMSTANCES, hash=False)  # mappings in it have no hash

    @property
    def counts_from(self) -> date:
        """Return the day of birth; while it is unknown E, which under a policy whose cycles end by
        the day of birth is in that month of such a year.
        """
        return self.more.born_on or self.expires_on

    def extended(self, of: str, *, after: date) -> CycleExtension | None:
        """Return the extension of kind `of` with the latest last day, if that is later than
        `after`; else None (Q34).
        """
        found = (one for one in self.extensions if one.of == of and one.through > after)
        return max(found, key=lambda one: one.through, default=None)
