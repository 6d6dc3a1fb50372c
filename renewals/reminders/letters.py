"""What a reminder says: the subject is a fact and its date; heading, line and button are Home's own for the same day."""

from dataclasses import dataclass
from datetime import date

from recert.deadlines import ONE_DAY
from recert.templatetags.words import day
from renewals.home.case import Case
from renewals.home.dates import label_of, note_of
from renewals.home.states import calendar_card, card_needed

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """One reminder in words; `dates` are the last days with their prices, none once nothing can be done."""

    subject: str
    heading: str
    line: str
    fact: str
    dates: tuple["LetterDate", ...]
    link: str
    link_label: str


@dataclass(frozen=True, slots=True)
class LetterDate:
    """A last day that still lies ahead, with its price and why."""

    label: str
    last_on: date
    note: str


def renewal_letter(case: Case) -> Letter:
    """Where they stand with their renewal, on the case's day."""
    card = calendar_card(case)
    dates = tuple(
        LetterDate(label_of(case, window), window.last_on, note_of(case, window))
        for window in case.standing.windows
        if window.last_on >= case.today
    )
    return Letter(_subject(case), card.heading, card.line, card.fact, dates, card.url, card.button)


def card_letter(case: Case, through: date) -> Letter:
    """Their card ends on `through`."""
    card, label = card_needed(case), case.card.label if case.card else ""
    subject = f"Your {label} card ends {day(through)}"
    line = f"{card.line} It is valid through {day(through)}. A renewal counts only with a card that is current on that day."
    return Letter(
        subject, f"Your {label} card ends soon", line, card.heading + ".", (), card.url, card.button
    )


def _subject(case: Case) -> str:
    """By the day alone: before the windows, in the first, in a later one, or after the last."""
    windows, today = case.standing.windows, case.today
    if today < windows[0].first_on:
        total, unit = case.standing.total, case.policy.unit
        return (
            f"{unit.format(total.counted)} of {unit.words(total.required)} for {day(case.cycle.expires_on)}"
        )
    window = case.window
    if window is None:
        return f"Your certification ended {day(case.cycle.expires_on)}"
    if today == case.cycle.expires_on + ONE_DAY:
        return f"Expired {day(case.cycle.expires_on)}: you can still renew"
    last = f"{case.price}, {day(window.last_on)}"
    left = (window.last_on - today).days
    if left == 0:
        is_last = window is windows[-1]
        return f"Last day to renew{' at all' if is_last else ''}: {last}"
    if left <= SOON_DAYS:
        return f"{left} day{'' if left == 1 else 's'} left to renew for {last}"
    return f"You can renew through {day(window.last_on)}"
