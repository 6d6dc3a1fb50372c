"""The standing of a person, for a colleague on the telephone: the card and tasks that Home shows,
the prices with their clauses, and one sentence to say.
"""

from dataclasses import dataclass

from cases.pages import StateCard
from core.deadlines import near_day
from core.templatetags.words import day
from renewals.pages.home import home_view
from renewals.pages.home_steps import TaskRow
from renewals.pages.snapshot import Snapshot
from rules.fees import Window
from rules.for_life import NOTHING_TO_RENEW


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
class TrainerSummary:
    """What Home shows on `snapshot.today`, and what staff read in addition."""

    snapshot: Snapshot
    state: StateCard
    banner: str
    value: int
    most: int
    counted: str
    required: str
    tasks: tuple[TaskRow, ...]
    prices: tuple[Price, ...]
    to_say: str


def trainer_summary(snapshot: Snapshot) -> TrainerSummary:
    """Return the standing of a snapshot for staff, with the tag, banner and tasks that the trainer's
    page Home shows.
    """
    home = home_view(snapshot)
    windows = snapshot.standing.windows if snapshot.credential.in_force else ()
    return TrainerSummary(
        snapshot=snapshot,
        state=home.state,
        banner=home.banner,
        value=home.value,
        most=home.most,
        counted=home.counted,
        required=home.required,
        tasks=home.tasks,
        prices=tuple(_price(snapshot, one) for one in windows),
        to_say=sentence_to_say(snapshot),
    )


def _price(snapshot: Snapshot, window: Window) -> Price:
    lines = window.fees.lines
    parts = [f"{snapshot.money(one.amount_cents)} {one.label.lower()} ({one.clause})" for one in lines]
    alone = f"{lines[0].label.lower()} ({lines[0].clause})" if len(lines) == 1 else ""
    return Price(
        label=window.label,
        amount=snapshot.money(window.fees.total_cents) if lines else "Nothing",
        through=day(window.last_on),
        why=alone or ", ".join(parts) or f"no fee ({window.clause})",
        current=window is snapshot.window,
        passed=window.last_on < snapshot.today,
    )


def sentence_to_say(snapshot: Snapshot) -> str:
    """Return the sentence to say on the telephone; "" while a renewal is undecided, because its
    card says it.
    """
    if not snapshot.credential.in_force:
        return "Your certification is not active. I will ask a lead to call you back."
    if snapshot.cycle.is_for_life:
        return NOTHING_TO_RENEW
    if snapshot.in_hand:
        return ""
    if not snapshot.can_still_renew:
        return f"You can no longer renew. The last day was {day(snapshot.standing.dates.last_day_to_apply)}."
    if snapshot.window is None:
        return _before_it_opens(snapshot)
    if snapshot.can_submit:
        return f"You can renew today{snapshot.for_price}. It stays so through {day(snapshot.window.last_on)}."
    return _what_is_missing(snapshot)


def _before_it_opens(snapshot: Snapshot) -> str:
    window = snapshot.standing.windows[0]
    price = f" for {snapshot.money(window.fees.total_cents)}" if window.fees.lines else ""
    return f"You can renew from {day(snapshot.standing.dates.opens_on)}{price}."


def _what_is_missing(snapshot: Snapshot) -> str:
    last_day = snapshot.standing.dates.completion_deadline
    if last_day < snapshot.today:
        return f"The last day to finish courses was {day(last_day)}. Courses that you finished by then still count."
    later = next((one for one in snapshot.standing.windows if one.first_on <= last_day <= one.last_on), None)
    costs = f" It then costs {snapshot.money(later.fees.total_cents)}." if later and later.fees.lines else ""
    return f"You can finish courses through {near_day(last_day, snapshot.today)}.{costs}"
