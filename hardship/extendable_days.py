"""The last days that can be extended on a day, and the charges of cases: the apps above register
theirs (Q34, Q35). The two of the cycle itself are here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from hardship.models import Relief
from hardship.standing import Granted, relief_of, relief_of_all
from payments.models import Charge
from rules.answers import Dates, Standing
from rules.cycle import next_cycle
from rules.facts import Circumstances, Facts
from rules.standing import assess
from trainers.circumstances import born_on_of, circumstances_of, circumstances_of_all
from trainers.models import Cycle, Trainer

What = Relief.What
Move = Callable[
    [Relief, Trainer, datetime], None
]  # a function that moves the last day of a case, under the credential's lock


@dataclass(frozen=True, slots=True)
class ExtendableDay:
    """A last day that can be extended; `on` is the present one. `move` stores a new day on the
    case; it is None when the rules compute the day from what was granted.
    """

    what: str
    case_ref: str
    label: str
    on: date
    move: Move | None = None

    @property
    def key(self) -> str:
        """Return the value that names this last day in a form."""
        return f"{self.what}:{self.case_ref}"


ExtendableDayReader = Callable[[Cycle, date], Iterable[ExtendableDay]]


@dataclass(frozen=True, slots=True)
class ChargeReader:
    """How the charges of one kind of case are found: for a cycle, those of its undecided and
    approved cases; for a charge, the cycle that it belongs to.

    `takes_price` is true when such a charge has taken in the price of its cycle, with what was
    waived of it.
    """

    going_on: Callable[[Cycle], Iterable[Charge]]
    cycle_of: Callable[[Charge], Cycle | None]
    takes_price: bool = False


_readers: list[ExtendableDayReader] = []
_charges: list[ChargeReader] = []


def register_extendable_days(read: ExtendableDayReader) -> ExtendableDayReader:
    """Register a function that returns the extendable days of one kind of case, for a cycle and a
    day.
    """
    _readers.append(read)
    return read


def register_charges(reader: ChargeReader) -> None:
    """Register where the charges of one kind of case are found."""
    _charges.append(reader)


def extendable_days_of(cycle: Cycle, today: date) -> list[ExtendableDay]:
    """Return every last day that can be extended today: the cycle's own, then those of its open
    cases.
    """
    return [one for read in _readers for one in read(cycle, today)]


def extendable_day_named(cycle: Cycle, today: date, what: str, case_ref: str) -> ExtendableDay | None:
    """Return the last day of this kind and case, or None."""
    return next(
        (one for one in extendable_days_of(cycle, today) if (one.what, one.case_ref) == (what, case_ref)),
        None,
    )


def charge_in_hand(cycle: Cycle) -> Charge | None:
    """Return the charge of this cycle's renewal if the renewal is undecided or approved; else None."""
    found = (charge for reader in _charges if reader.takes_price for charge in reader.going_on(cycle))
    return next(found, None)


def charges_going_on(cycle: Cycle) -> list[Charge]:
    """Return the charges of this cycle's undecided and approved cases of which something is due or
    was paid.
    """
    found = (charge for reader in _charges for charge in reader.going_on(cycle))
    return [charge for charge in found if charge.state != Charge.State.VOID and charge.amount_cents]


def cycle_of_charge(charge: Charge) -> Cycle | None:
    """Return the cycle of the case that a charge is for; None when it is for no case."""
    return next(filter(None, (reader.cycle_of(charge) for reader in _charges)), None)


def bare_standing(cycle: Cycle, today: date) -> Standing:
    """Return the cycle's dates and prices on `today`, counting what was granted but no records."""
    return assess(bare_facts(cycle), today, cycle.policy)


def bare_facts(cycle: Cycle) -> Facts:
    """Return the facts of the cycle with what was granted, but without records. One query, and more
    where the policy asks for facts about the person.
    """
    return _bare_facts(cycle, relief_of(cycle), circumstances_of(cycle))


def bare_facts_of_all(cycles: Collection[Cycle]) -> dict[int, Facts]:
    """Return the facts of these cycles as `bare_facts` does, by the cycle's primary key, with as many
    queries as for one.
    """
    granted, more = relief_of_all(cycles), circumstances_of_all(cycles)
    return {one.pk: _bare_facts(one, granted[one.pk], more[one.pk]) for one in cycles}


def _bare_facts(cycle: Cycle, found: Granted, more: Circumstances) -> Facts:
    return Facts(
        expires_on=cycle.expires_on,
        starts_on=cycle.starts_on,
        awarded_on=cycle.credential.awarded_on,
        extensions=found.extensions,
        waivers=found.waivers,
        more=more,
    )


def limit_of(cycle: Cycle) -> date:
    """Return the next cycle's last day. Every extended day must be before it (Q34)."""
    credential = cycle.credential
    born_on = born_on_of(credential, credential.policy)
    return next_cycle(credential.policy, credential.awarded_on, cycle.expires_on, born_on).expires_on


@register_extendable_days
def _of_cycle(cycle: Cycle, today: date) -> Iterator[ExtendableDay]:
    if cycle.is_for_life:
        return
    dates = bare_standing(cycle, today).dates
    yield ExtendableDay(What.COMPLETION, "", What.COMPLETION.label, dates.completion_deadline)
    yield ExtendableDay(What.APPLICATION, "", What.APPLICATION.label, dates.last_day_to_apply)
    yield ExtendableDay(What.BOTH, "", What.BOTH.label, _later(dates))


def _later(dates: Dates) -> date:
    return max(dates.completion_deadline, dates.last_day_to_apply)
