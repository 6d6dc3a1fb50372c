"""One row of a report that was typed, or came from a file or a program: read into plain values,
with a sentence when something is wrong with it.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.pasted import can_be_stored, cannot_be_stored, clean_pasted
from core.policy_words import in_policy_words
from rules.units import LARGEST_OF_COURSE, BadCeus, Unit
from trainers.models.credential import normalise_number

LONGEST_NUMBER, LONGEST_NAME, LONGEST_CODE = 20, 120, 180
NO_NUMBER = "Write the certification number."
BAD_NUMBER = "A certification number has at most 20 letters and digits."
NO_NAME = "Write the name of the person."
LONG_NAME = f"A name has at most {LONGEST_NAME} characters."
LONG_CODE = f"A code has at most {LONGEST_CODE} characters."
NO_COURSE = "Write the code of the course."
BAD_DAY = "Write the day of completion like 2026-05-03."
BAD_CEUS = in_policy_words("Write the amount like {usual}, or leave it out.")
HIDDEN = "Take out the hidden characters."
FORMULA = "This is a spreadsheet formula. Write the value."
_NUMBER = re.compile(r"[A-Z0-9]{1,20}", re.ASCII)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a report. `name` is None when only the number was typed; `hundredths` is None when
    the row gives no amount, which means all that the course gives. `flaw` says why the row cannot
    be recorded.
    """

    line: int
    number: str
    name: str | None
    course: str
    completed_on: date | None
    hundredths: int | None = None
    flaw: str = ""


def read_row(
    line: int, *, number: str, name: str | None, course: str, completed_on: str, ceus: str, unit: Unit
) -> ReadRow:
    """Return the row with its values read; the first thing that is wrong with it is its flaw."""
    given = [number, name or "", course, completed_on, ceus]
    plain = _plain(number), None if name is None else _plain(name), _plain(course)
    day, hundredths = _read_day(_plain(completed_on)), _read_ceus(_plain(ceus), unit)
    known = normalise_number(plain[0])
    is_number = _NUMBER.fullmatch(known) is not None
    flaws = (
        (HIDDEN, not all(map(can_be_stored, given))),
        (FORMULA, any(text.lstrip().startswith("=") for text in given if "=" in text)),
        (NO_NUMBER, not known),
        (BAD_NUMBER, not is_number),
        (NO_NAME, plain[1] == ""),
        (LONG_NAME, len(plain[1] or "") > LONGEST_NAME),
        (NO_COURSE, not plain[2]),
        (LONG_CODE, len(plain[2]) > LONGEST_CODE),
        (BAD_DAY, day is None),
        (BAD_CEUS, hundredths == 0),
    )
    flaw = str(next((sentence for sentence, is_wrong in flaws if is_wrong), ""))
    shown = known if is_number else _printable(number, 40)
    name_kept = None if plain[1] is None else _printable(plain[1], LONGEST_NAME)
    return ReadRow(line, shown, name_kept, _printable(plain[2], LONGEST_CODE), day, hundredths or None, flaw)


def flawed_row(line: int, sentence: str, *, shown: str = "") -> ReadRow:
    """Return a row that could not be divided into its values."""
    return ReadRow(line, _printable(shown, 40), None, "", None, flaw=sentence)


def _plain(text: str) -> str:
    kept = text if can_be_stored(text) else "".join(c for c in text if not cannot_be_stored(c))
    return clean_pasted(kept, one_line=True)


def _printable(text: str, longest: int) -> str:
    if text.isascii() and text.isprintable():
        return text[:longest]
    return "".join(c for c in text if c.isprintable() and not cannot_be_stored(c))[:longest]


def _read_day(text: str) -> date | None:
    """Return the day, written 2026-05-03 or 5/3/2026; None for anything else."""
    return _day_of(text) if len(text) <= 10 else None


@lru_cache(maxsize=4096)
def _day_of(text: str) -> date | None:
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _US.fullmatch(text):
        month, day, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day) if 1950 <= year <= 2199 else None
    except ValueError:
        return None


def _read_ceus(text: str, unit: Unit) -> int | None:
    """Return the hundredths of a CEU; None for an empty text, 0 for one that cannot be read."""
    if not text:
        return None
    try:
        found = unit.parse(text)
    except BadCeus:
        return 0
    return found if 0 < found <= LARGEST_OF_COURSE else 0
