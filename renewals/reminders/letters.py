"""The words of a reminder. Its subject states a fact and a date; heading, line and button are those
that Home shows on that day.
"""

from dataclasses import dataclass
from datetime import date

from core.deadlines import ONE_DAY, zone_words
from core.links import path_of
from core.templatetags.words import day
from renewals.pages.cards import calendar_card
from renewals.pages.case import Case, next_step
from renewals.pages.home_dates import label_of, note_of
from renewals.pages.sentences import certified_sentence, own_clock_note

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """One reminder in words. `dates` are the last days with their prices; empty when nothing can be
    done any more.
    """

    subject: str
    heading: str
    line: str
    fact: str
    dates: tuple["LetterDate", ...]
    link: str
    link_label: str


@dataclass(frozen=True, slots=True)
class LetterDate:
    """A last day that has not passed, with its price and why the price is due."""

    label: str
    last_on: date
    note: str


def renewal_letter(case: Case) -> ReminderLetter:
    """Return the reminder to renew, written for the day of the case."""
    card = calendar_card(case)
    return ReminderLetter(
        _subject(case), card.heading, card.line, _fact(case), _dates(case), card.url, card.button
    )


def card_letter(case: Case, through: date) -> ReminderLetter:
    """Return the reminder that the trainer's card ends on `through`.

    A trainer who can renew now reads the last day on which this card is still enough; everybody
    else reads that they need a new card first.
    """
    label = case.card.label if case.card else ""
    button, url = "Update your card", path_of("ceus:card")
    line = "You need a card that is current on the day we receive your renewal. Show us a new one before you renew."
    if case.can_submit and case.window:
        last_day = min(through, case.window.last_on)
        end = f"{day(last_day)}{own_clock_note(case, last_day)}"
        line = f"It is enough when you renew through {end}{f', for {case.price}' if case.price else ''}. Later you need a new one."
        button, url = next_step(case)
    heading = f"Your {label} card is valid through {day(through)}"
    return ReminderLetter(
        f"Your {label} card ends {day(through)}", heading, line, certified_sentence(case), (), url, button
    )


def _dates(case: Case) -> tuple[LetterDate, ...]:
    """Return the last day of every window that has not ended."""
    return tuple(
        LetterDate(label_of(case, window), window.last_on, note_of(case, window))
        for window in case.standing.windows
        if window.last_on >= case.today
    )


def _fact(case: Case) -> str:
    """Return what Home leaves out after the expiration date: that the price rises, and that new
    courses do not count.
    """
    if case.window is None or case.today <= case.cycle.expires_on:
        return ""
    return " ".join(filter(None, (_courses_in_time(case), _last_day(case))))


def _courses_in_time(case: Case) -> str:
    """Return a sentence with the last day on which a missing course may be completed (S5)."""
    if case.is_complete or case.only_card_missing or case.rests_on_petitions:
        return ""
    deadline = case.standing.dates.completion_deadline
    if case.today <= deadline:
        return f"Courses count when you complete them through {day(deadline)}."
    return (
        f"Only courses that you completed through {day(deadline)} count. Log those that we do not have yet."
    )


def _last_day(case: Case) -> str:
    """Return a sentence when today is the last day of a price that rises tomorrow, or the last day
    to renew; else "".
    """
    window, later = case.window, case.next_window
    if window is None or case.today != window.last_on:
        return ""
    end = f"through 11:59 pm, {zone_words(case.zone)}{own_clock_note(case, case.today)}."
    if later is None:
        return f"Today is the last day to renew at all, {end}"
    if later.fees.total_cents == window.fees.total_cents:
        return ""
    return (
        f"Today is the last day at this price, {end} Tomorrow it costs {case.money(later.fees.total_cents)}."
    )


def _subject(case: Case) -> str:
    """Return the subject of the mail: it depends on the day (before, in or after the windows), then
    on what is missing.
    """
    windows, today, unit = case.standing.windows, case.today, case.policy.unit
    expires_on, window = case.cycle.expires_on, case.window
    if today < windows[0].first_on:
        total = case.standing.total
        return f"You have {unit.format(total.counted)} of {unit.words(total.required)} for {day(expires_on)}"
    if window is None:
        return f"Your certification ended {day(expires_on)}"
    if today == expires_on + ONE_DAY:
        return f"Expired {day(expires_on)}: you can still renew"
    left, last_on, missing = (window.last_on - today).days, day(window.last_on), _missing(case)
    if left == 0 and window is windows[-1]:
        return f"Last day to renew at all: {', '.join(filter(None, (case.price, last_on)))}"
    if left == 0:
        return f"Last day to renew{case.for_price}: {last_on}"
    if left > SOON_DAYS:
        if not case.price:
            return f"{missing or 'You can renew'} through {last_on}"
        return f"{missing or 'You can renew'}{':' if missing else ' for'} {case.price} through {last_on}"
    days = f"{left} day{'' if left == 1 else 's'} left"
    if missing:
        return f"{days}, {missing[0].lower()}{missing[1:]}: {last_on}"
    return f"{days} to renew{case.for_price}, {last_on}"


def _missing(case: Case) -> str:
    """Return what is missing, such as "0.4 CEUs to go"; "" when the renewal can be submitted."""
    if case.is_complete or case.rests_on_petitions:
        return ""
    if case.only_card_missing:
        return "Card needed"
    return f"{case.policy.unit.words(max(one.missing for one in case.standing.requirements))} to go"
