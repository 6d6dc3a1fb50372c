"""The standing of a person, for a colleague on the telephone: Home's own card and rows, the prices
with their clauses, and one sentence to say.
"""

from dataclasses import dataclass

from cases.pages import StateCard
from core.deadlines import near_day
from core.templatetags.words import day
from renewals.pages.case import Case
from renewals.pages.home import home_view
from renewals.pages.home_tasks import TaskRow
from rules.fees import Window


@dataclass(frozen=True, slots=True)
class Price:
    """What renewing costs in one window: its last day, the parts of the price and the clause."""

    label: str
    amount: str
    through: str
    why: str
    current: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What Home shows on `case.today`, and what staff read in addition."""

    case: Case
    state: StateCard
    banner: str
    value: int
    most: int
    counted: str
    required: str
    tasks: tuple[TaskRow, ...]
    prices: tuple[Price, ...]
    to_say: str


def standing_of(case: Case) -> Standing:
    """Return the standing of a case for staff, with the tag, banner and tasks that the trainer's
    page Home shows.
    """
    home = home_view(case)
    windows = case.standing.windows if case.credential.in_force else ()
    return Standing(
        case=case,
        state=home.state,
        banner=home.banner,
        value=home.value,
        most=home.most,
        counted=home.counted,
        required=home.required,
        tasks=home.tasks,
        prices=tuple(_price(case, one) for one in windows),
        to_say=sentence_to_say(case),
    )


def _price(case: Case, window: Window) -> Price:
    lines = window.fees.lines
    parts = [f"{case.money(one.amount_cents)} {one.label.lower()} ({one.clause})" for one in lines]
    alone = f"{lines[0].label.lower()} ({lines[0].clause})" if len(lines) == 1 else ""
    return Price(
        label=window.label,
        amount=case.money(window.fees.total_cents) if lines else "Nothing",
        through=day(window.last_on),
        why=alone or ", ".join(parts) or f"no fee ({window.clause})",
        current=window is case.window,
        passed=window.last_on < case.today,
    )


def sentence_to_say(case: Case) -> str:
    """Return the sentence to say on the telephone; empty while a renewal is submitted and
    undecided, because its card says it.
    """
    if not case.credential.in_force:
        return "Your certification is not active. I will ask a lead to call you back."
    if case.in_hand:
        return ""
    if not case.can_still_renew:
        return f"You can no longer renew. The last day was {day(case.standing.dates.last_day_to_apply)}."
    if case.window is None:
        return _before_it_opens(case)
    if case.can_submit:
        return f"You can renew today{case.for_price}. It stays so through {day(case.window.last_on)}."
    return _what_is_missing(case)


def _before_it_opens(case: Case) -> str:
    window = case.standing.windows[0]
    price = f" for {case.money(window.fees.total_cents)}" if window.fees.lines else ""
    return f"You can renew from {day(case.standing.dates.opens_on)}{price}."


def _what_is_missing(case: Case) -> str:
    last_day = case.standing.dates.completion_deadline
    if last_day < case.today:
        return f"The last day to finish courses was {day(last_day)}. Courses that you finished by then still count."
    later = next((one for one in case.standing.windows if one.first_on <= last_day <= one.last_on), None)
    costs = f" It then costs {case.money(later.fees.total_cents)}." if later and later.fees.lines else ""
    return f"You can finish courses through {near_day(last_day, case.today)}.{costs}"
