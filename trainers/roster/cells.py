"""Read one row of a roster: each cell by its own rule, then the dates together by the rules of the
policy (Q7).
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import count
from typing import NamedTuple
from zoneinfo import available_timezones

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from core.pasted import cannot_be_stored, clean_pasted
from rules.asking import needs_birthday
from rules.cycle import DateOutOfRange, cycle_number, nth_cycle
from rules.days import FOR_LIFE, FOR_LIFE_THROUGH, is_for_life
from rules.facts import FactsError
from rules.for_life import may_be_for_life
from rules.given_status import path_codes
from rules.names import LONGEST_NAME, clean_name, is_a_name
from rules.next_cycles import may_leave_series
from rules.policy.families import OwnFact
from rules.policy.load import load_policy
from rules.policy.model import Policy
from rules.policy.read_conditions import CHOICE, NUMBER, YES_NO
from trainers.circumstances import NO, YES
from trainers.models.credential import new_draw_id, normalise_number
from trainers.models.person import normalise_email
from trainers.roster.facts import PREFIX, RENEWED_BY
from trainers.roster.reading import Flaw, Row, printable_text
from trainers.services.cycles import CycleDates, cycle_dates, first_reminder_on
from trainers.services.facts import EARLIEST_DAY, GREATEST_NUMBER, LATEST_DAY

EARLIEST_AWARD = date(1950, 1, 1)
LONGEST_NUMBER, LONGEST_EMAIL = 20, 254
LONGEST_COUNT = len(str(GREATEST_NUMBER))
NO_BIRTHDAYS = "This policy counts from the day of birth, which a roster does not have. Grant it by hand."
FORMULA = "This is a spreadsheet formula. Export the values."
REWRITTEN = "A spreadsheet has rewritten this number. Format its column as text and export it again."
DAMAGED = "Some letters were lost. Save the file as UTF-8 and import it again."
HIDDEN = "This holds a hidden character that cannot be stored. Type it again."
LOST_CHARACTER = "\ufffd"

_NUMBER = re.compile(r"[A-Z0-9]+", re.ASCII)
_SPREADSHEET_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?E\+[0-9]+|[0-9]+[.,][0-9]*", re.ASCII | re.IGNORECASE)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_is_email = EmailValidator()


class Staged(NamedTuple):
    """A row without a flaw, with everything that its trainer, credential and cycle need."""

    line: int
    number: str
    bare: str  # the number without leading zeros, which spreadsheets drop
    name: str
    email: str
    time_zone: str
    awarded_on: date
    starts_on: date
    expires_on: date
    opens_on: date
    completion_deadline: date
    last_day_to_apply: date
    remind_on: date | None
    draw_id: str
    password: str
    renewed_by: str  # the code of a way to renew, or ""
    facts: tuple[tuple[str, str], ...]  # (code, value as stored), of what the row states


class BadCell(ValueError):
    """A cell that cannot be imported; `str(error)` is the sentence for the registrar."""


class RowReader:
    """A reader of rows for one policy on one day; both are the same for a whole roster."""

    def __init__(self, policy_code: str, today: date) -> None:
        self.policy_code = policy_code
        self.today = today
        self.readers: dict[str, Callable[[str], object]] = {
            "number": read_number,
            "name": read_name,
            "email": read_email,
            "awarded_on": self._awarded_on,
            "expires_on": self._expires_on,
            "time_zone": self._time_zone,
            RENEWED_BY: self._renewed_by,
        }
        self.facts = {f"{PREFIX}{one.code}": one for one in load_policy(policy_code).own_facts}

    def read(self, row: Row) -> Staged | list[Flaw]:
        """Return the row with its cycle's dates, or everything that is wrong with it."""
        found, flaws = {}, []
        for column, read in self.readers.items():
            cell = row.cells.get(column, "")
            try:
                found[column] = read(_plain(cell))
            except BadCell as error:
                flaws.append(Flaw(row.line, column, printable_text(cell), str(error)))
        facts = tuple(self._facts(row, flaws))
        if not flaws:
            policy = load_policy(self.policy_code)
            dates = _dates_of_cycle(policy, found["awarded_on"], found["expires_on"], self.today)
            if isinstance(dates, CycleDates):
                remind_on = first_reminder_on(policy, *dates[:2], self.today)
                return _staged(row.line, found, dates, remind_on, facts)
            flaws.append(Flaw(row.line, "expires_on", row.cells["expires_on"].strip(), dates))
        return flaws

    def _facts(self, row: Row, flaws: list[Flaw]) -> Iterator[tuple[str, str]]:
        """Yield (code, value as stored) of each fact that the row states; add what is wrong to `flaws`."""
        for column, fact in self.facts.items():
            cell = row.cells.get(column, "")
            try:
                if text := _plain(cell):
                    yield fact.code, read_fact(fact, text)
            except BadCell as error:
                flaws.append(Flaw(row.line, column, printable_text(cell), str(error)))

    def _awarded_on(self, text: str) -> date:
        awarded_on = read_day(text)
        if not EARLIEST_AWARD <= awarded_on <= self.today:
            raise BadCell(f"An award lies between {EARLIEST_AWARD} and today, {self.today}.")
        return awarded_on

    def _expires_on(self, text: str) -> date:
        if text.lower() != FOR_LIFE:
            return read_day(text)
        if not may_be_for_life(load_policy(self.policy_code)):
            raise BadCell("The policy has no way to renew for life. Write the last day.")
        return FOR_LIFE_THROUGH

    def _renewed_by(self, text: str) -> str:
        return one_of(path_codes(load_policy(self.policy_code)), text) if text else ""

    def _time_zone(self, text: str) -> str:
        if text and text not in _time_zones():
            raise BadCell("Use the name of a time zone, such as America/Phoenix, or leave it empty.")
        return text or load_policy(self.policy_code).time_zone


def read_number(text: str) -> str:
    """Return a certification number as it is stored: letters and digits only."""
    if not text:
        raise BadCell("Everybody needs a certification number.")
    if text[0] in "=+-@'":
        raise BadCell(FORMULA)
    if _SPREADSHEET_NUMBER.fullmatch(text):
        raise BadCell(REWRITTEN)
    found = normalise_number(text)
    if not _NUMBER.fullmatch(found) or len(found) > LONGEST_NUMBER:
        raise BadCell(f"A number has letters and digits only, at most {LONGEST_NUMBER}.")
    return found


def read_name(text: str) -> str:
    """Return the name normalised like one typed on a page of the portal. Raises BadCell when it is
    not a valid name.
    """
    found = clean_name(text)
    if not is_a_name(found):
        raise BadCell(f"A name has 1 to {LONGEST_NAME} characters, with letters.")
    if found[0] in "=+-@":
        raise BadCell(FORMULA)
    return found


def read_email(text: str) -> str:
    """Return an address in lower case."""
    found = normalise_email(text)
    try:
        _is_email(found)
    except ValidationError:
        raise BadCell("Use an email address, such as name@example.org.") from None
    if len(found) > LONGEST_EMAIL:
        raise BadCell(f"An email address has at most {LONGEST_EMAIL} characters.")
    return found


def read_day(text: str) -> date:
    """Return a date written as year, month, day."""
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise BadCell("There is no such day.") from None
    raise BadCell("Write the day as year-month-day, such as 2027-03-14.")


def read_fact(fact: OwnFact, text: str) -> str:
    """Return a fact that the policy declares, by its kind, as it is stored. Raises BadCell."""
    if fact.kind == YES_NO:
        if text.lower() not in (YES, NO):
            raise BadCell("Write yes or no, or leave it empty.")
        return text.lower()
    if fact.kind == CHOICE:
        return one_of(fact.choices, text)
    if fact.kind == NUMBER:
        if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_COUNT:
            raise BadCell(f"Write a whole number from 0 through {GREATEST_NUMBER:,}, without separators.")
        return str(int(text))
    day = read_day(text)
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise BadCell(f"A day lies between {EARLIEST_DAY} and {LATEST_DAY}.")
    return day.isoformat()


def one_of(codes: Sequence[str], text: str) -> str:
    """Return the code that is written as words or as itself. Raises BadCell when it is none of `codes`."""
    found = text.lower().replace(" ", "_")
    if found not in codes:
        raise BadCell(f"This must be one of {', '.join(codes)}.")
    return found


def _plain(text: str) -> str:
    """Return the cell as it would be typed: on one line, without spaces around it and without invisible
    characters. Raises BadCell for NUL and for bytes that are not text.
    """
    text = text.strip()
    if text.isascii() and text.isprintable():
        return text
    if any(c == LOST_CHARACTER or unicodedata.category(c) == "Cs" for c in text):
        raise BadCell(DAMAGED)
    if any(map(cannot_be_stored, text)):
        raise BadCell(HIDDEN)
    return clean_pasted(text, one_line=True)


@lru_cache(maxsize=16_384)
def _dates_of_cycle(policy: Policy, awarded_on: date, expires_on: date, today: date) -> CycleDates | str:
    """Return the dates of the cycle that ends on `expires_on`, or why none is current on `today`."""
    if needs_birthday(policy):
        return NO_BIRTHDAYS
    if is_for_life(expires_on):
        return cycle_dates(policy, awarded_on, expires_on, starts_on=awarded_on)
    try:
        if cycle_number(policy, awarded_on, expires_on) is None and not may_leave_series(policy):
            return _nearest(policy, awarded_on, expires_on)
        dates = cycle_dates(policy, awarded_on, expires_on)
        if dates.starts_on > today:
            before = cycle_dates(policy, awarded_on, dates.starts_on - timedelta(days=1))
            if before.opens_on > today:
                return (
                    f"This cycle cannot be current yet: nobody could renew for it before {before.opens_on}."
                )
    except DateOutOfRange:
        return "This day is too near to an end of the calendar."
    except FactsError as error:  # it lies before the award
        return error.message
    return dates


def _nearest(policy: Policy, awarded_on: date, expires_on: date) -> str:
    before = None
    for n in count(1):
        after = nth_cycle(policy, awarded_on, n).expires_on
        if after > expires_on:
            break
        before = after
    near = f"{before} and {after}" if before else f"{after} first"
    return f"No cycle of this award ends on this day. Counted from {awarded_on}, they end on {near}."


def _staged(
    line: int,
    found: dict[str, object],
    dates: CycleDates,
    remind_on: date | None,
    facts: tuple[tuple[str, str], ...],
) -> Staged:
    text = str(found["number"])
    return Staged(
        line,
        text,
        text.lstrip("0"),
        str(found["name"]),
        str(found["email"]),
        str(found["time_zone"]),
        found["awarded_on"],  # type: ignore[arg-type]  # a required column is never None here
        *dates,
        remind_on,
        new_draw_id(),
        UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20),
        str(found[RENEWED_BY]),
        facts,
    )


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
