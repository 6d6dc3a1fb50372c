"""Examples of the mails about hardship."""

from datetime import date
from functools import partial

from hardship.models import Relief
from hardship.notice_codes import DECLINED, MORE_TIME, TAKEN_BACK, WAIVED
from hardship.notices import relief_context
from outbox.examples import show_example
from payments.examples import LINES, RENEWAL, example_charge, lines_cents
from payments.models import Charge
from trainers.examples import AWAY, PHOENIX, example_cycle

What, Kind = Relief.What, Relief.Kind
WAIVED_FEE = LINES[:2][-1]  # the second fee, where the policy has one
FEE_CENTS, OWED = WAIVED_FEE["amount_cents"], lines_cents(LINES[:2])


def _more_time(
    what: str, through: date, kind: str = Kind.MILITARY, time_zone: str = PHOENIX
) -> dict[str, object]:
    relief = Relief(
        pk=1, cycle=example_cycle(time_zone), what=what, kind=kind, through=through, words="Come back safe."
    )
    return relief_context(relief)


def _waived(cents: int | None, charge: Charge | None = None, **effect: int) -> dict[str, object]:
    words = "Your orders are on file. You need not pay for applying late."
    relief = Relief(
        pk=1,
        cycle=example_cycle(),
        what=What.FEE,
        kind=Kind.MILITARY,
        fee_code=WAIVED_FEE["code"],
        amount_cents=cents,
        charge=charge,
        words=words,
    )
    return relief_context(relief, effect)


def _waived_of_charge(**effect: int) -> dict[str, object]:
    return _waived(FEE_CENTS, example_charge(LINES[:2], RENEWAL), **effect)


def _declined(what: str) -> dict[str, object]:
    words = "The letter is from 2024. Send us one that names the days on which you could not study."
    return relief_context(Relief(pk=1, cycle=example_cycle(), what=what, kind=Kind.ILLNESS, words=words))


def _taken_back() -> dict[str, object]:
    why = "We had waived it for somebody with the same name."
    relief = Relief(
        pk=1,
        cycle=example_cycle(),
        what=What.FEE,
        kind=Kind.OTHER,
        fee_code=WAIVED_FEE["code"],
        taken_back_why=why,
    )
    return relief_context(relief)


WAIVES = "Finance or a lead waives a fee"
GRANTS = "A lead moves a last day for hardship"
show_example(
    MORE_TIME,
    "both",
    partial(_more_time, What.BOTH, date(2027, 10, 31)),
    trigger=GRANTS,
)
show_example(
    MORE_TIME,
    "correction-elsewhere",
    partial(_more_time, What.CORRECTION, date(2026, 11, 30), Kind.OTHER, AWAY),
    trigger=GRANTS,
)
show_example(WAIVED, "part", partial(_waived, FEE_CENTS // 2), trigger=WAIVES)
show_example(
    WAIVED, "less-to-pay", partial(_waived_of_charge, owed_before=OWED, owed=OWED - FEE_CENTS), trigger=WAIVES
)
show_example(
    WAIVED, "nothing-left", partial(_waived_of_charge, owed_before=FEE_CENTS, owed=0), trigger=WAIVES
)
show_example(WAIVED, "goes-back", partial(_waived_of_charge, back=FEE_CENTS), trigger=WAIVES)
show_example(
    DECLINED, "time", partial(_declined, What.APPLICATION), trigger="A lead declines a request for more time"
)
show_example(DECLINED, "fee", partial(_declined, What.FEE), trigger="Finance or a lead declines a waiver")
show_example(TAKEN_BACK, "unused", _taken_back, trigger="Finance or a lead takes a waiver back")
