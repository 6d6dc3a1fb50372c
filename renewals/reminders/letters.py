"""The words of a reminder. Its subject states a fact and a date; heading, line and button are those
that Home shows on that day.
"""

from dataclasses import dataclass
from datetime import date

from core.deadlines import ONE_DAY, zone_words
from core.links import path_of
from core.templatetags.words import day
from renewals.pages.cards import calendar_card
from renewals.pages.certified import certified_sentence
from renewals.pages.home import label_of, note_of
from renewals.pages.lacking import words_to_go
from renewals.pages.sentences import own_clock_note
from renewals.pages.snapshot import Snapshot, next_step
from rules.units import count_of

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


def renewal_letter(snapshot: Snapshot) -> ReminderLetter:
    """Return the reminder to renew, written for the day of the snapshot."""
    card = calendar_card(snapshot)
    return ReminderLetter(
        _subject(snapshot),
        card.heading,
        card.line,
        _late_sentence(snapshot),
        _dates(snapshot),
        card.url,
        card.button,
    )


def card_letter(snapshot: Snapshot, through: date) -> ReminderLetter:
    """Return the reminder that the trainer's card ends on `through`.

    It names the last day on which a renewal with this card is accepted, when the trainer can renew
    now; otherwise it says that a new card is needed first.
    """
    label = snapshot.card.label if snapshot.card else ""
    button, url = "Update your card", path_of("ceus:card")
    line = "You need a card that is current on the day we receive your renewal. Show us a new one before you renew."
    if snapshot.can_submit and snapshot.window:
        last_day = min(through, snapshot.window.last_on)
        end = f"{day(last_day)}{own_clock_note(snapshot, last_day)}"
        line = f"It is enough when you renew through {end}{f', for {snapshot.price}' if snapshot.price else ''}. Later you need a new one."
        button, url = next_step(snapshot)
    heading = f"Your {label} card is valid through {day(through)}"
    return ReminderLetter(
        f"Your {label} card ends {day(through)}", heading, line, certified_sentence(snapshot), (), url, button
    )


def _dates(snapshot: Snapshot) -> tuple[LetterDate, ...]:
    """Return the last day of every window that has not ended."""
    return tuple(
        LetterDate(label_of(snapshot, window), window.last_on, note_of(snapshot, window))
        for window in snapshot.standing.windows
        if window.last_on >= snapshot.today
    )


def _late_sentence(snapshot: Snapshot) -> str:
    """Return what Home does not mention and a mail after the expiration date must: that the price
    rises, and that new courses do not count.
    """
    if snapshot.window is None or snapshot.today <= snapshot.cycle.expires_on:
        return ""
    return " ".join(filter(None, (_courses_in_time(snapshot), _last_day(snapshot))))


def _courses_in_time(snapshot: Snapshot) -> str:
    """Return a sentence with the last day on which a missing course may be completed (S5)."""
    if snapshot.is_complete or snapshot.only_card_missing or snapshot.rests_on_petitions:
        return ""
    deadline = snapshot.standing.dates.completion_deadline
    if snapshot.today <= deadline:
        return f"Courses count when you complete them through {day(deadline)}."
    return (
        f"Only courses that you completed through {day(deadline)} count. Log those that we do not have yet."
    )


def _last_day(snapshot: Snapshot) -> str:
    """Return a sentence when today is the last day of a price that rises tomorrow, or the last day
    to renew; else "".
    """
    window, later = snapshot.window, snapshot.next_window
    if window is None or snapshot.today != window.last_on:
        return ""
    end = f"through 11:59 pm, {zone_words(snapshot.zone)}{own_clock_note(snapshot, snapshot.today)}."
    if later is None:
        return f"Today is the last day to renew at all, {end}"
    if later.fees.total_cents == window.fees.total_cents:
        return ""
    return f"Today is the last day at this price, {end} Tomorrow it costs {snapshot.money(later.fees.total_cents)}."


def _subject(snapshot: Snapshot) -> str:
    """Return the subject of the mail: it depends on the day (before, in or after the windows), then
    on what is missing.
    """
    windows, today, unit = snapshot.standing.windows, snapshot.today, snapshot.policy.unit
    expires_on, window = snapshot.cycle.expires_on, snapshot.window
    if today < windows[0].first_on:
        total = snapshot.standing.total
        if not total.required:
            return f"You can renew from {day(windows[0].first_on)}"
        return f"You have {unit.format(total.counted)} of {unit.words(total.required)} for {day(expires_on)}"
    if window is None:
        return f"Your certification ended {day(expires_on)}"
    if today == expires_on + ONE_DAY:
        return f"Expired {day(expires_on)}: you can still renew"
    left, last_on, missing = (window.last_on - today).days, day(window.last_on), _missing(snapshot)
    if left == 0 and window is windows[-1]:
        return f"Last day to renew at all: {', '.join(filter(None, (snapshot.price, last_on)))}"
    if left == 0:
        return f"Last day to renew{snapshot.for_price}: {last_on}"
    if left > SOON_DAYS:
        if not snapshot.price:
            return f"{missing or 'You can renew'} through {last_on}"
        return f"{missing or 'You can renew'}{':' if missing else ' for'} {snapshot.price} through {last_on}"
    days = f"{count_of(left, 'day')} left"
    if missing:
        return f"{days}, {missing[0].lower()}{missing[1:]}: {last_on}"
    return f"{days} to renew{snapshot.for_price}, {last_on}"


def _missing(snapshot: Snapshot) -> str:
    """Return what is missing, such as "0.4 CEUs to go"; "" when the renewal can be submitted."""
    if snapshot.is_complete or snapshot.rests_on_petitions:
        return ""
    if snapshot.only_card_missing:
        return "Card needed"
    return words_to_go(snapshot.standing, with_unit=True)
