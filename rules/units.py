"""Amounts as whole numbers of a smallest part (hundredths of a CEU, cents), and how people read and
write them.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

CENTS_DIGITS = 2
LONGEST_AMOUNT = 40
LARGEST = 10_000  # smallest parts in one record, as the database allows
LARGEST_WHOLE = 9_999_999  # fits a 32-bit column as hundredths
LARGEST_OF_COURSE = (
    10_000  # of the smallest part of the unit, for one course or record, as the database allows
)
_SMALL_NUMBERS = "zero one two three four five six seven eight nine ten".split()
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?", re.ASCII)


class BadCeus(ValueError):
    """An amount that cannot be read; `str(error)` is the sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that a policy counts in. An amount is a whole number: with two `digits`, 190 means
    1.90 units. Every amount that is typed must be a multiple of `step`, which is such a whole
    number too.
    """

    singular: str
    plural: str
    digits: int
    shown_digits: int
    step: int
    hours_per_unit: str | None = None

    def parse(self, text: str) -> int:
        """Return a text such as "1.9" as an amount, 190 with two digits. Raises BadCeus.

        The text must be plain ASCII digits, more than 0, and a multiple of the step.
        """
        amount = parse_number(text, self.digits)
        if amount is None:
            raise BadCeus(
                f"Write {self.plural} in plain digits, such as {self.format(self._example())}{self._decimals()}."
            )
        if amount == 0:
            raise BadCeus(f"{self.plural} must be more than 0.")
        if amount % self.step:
            raise BadCeus(f"{self.plural} are counted in steps of {self.format(self.step)}.")
        return amount

    def format(self, amount: int) -> str:
        """Return an amount, 190, as a text such as "1.9", without trailing zeros beyond
        `shown_digits`.
        """
        return format_number(amount, self.digits, self.shown_digits)

    def words(self, amount: int) -> str:
        """Return an amount, 190, with its unit, such as "1.9 CEUs"."""
        return f"{self.format(amount)} {self.singular if amount == _power(self.digits) else self.plural}"

    def hours(self, amount: int) -> str | None:
        """Return the contact hours in `amount`, such as "4"; None when the policy states no rate."""
        if self.hours_per_unit is None:
            return None
        whole, _, decimals = self.hours_per_unit.partition(".")
        return format_number(amount * int(whole + decimals), self.digits + len(decimals), 0)

    def _example(self) -> int:
        return max(self.step, _power(self.digits) // self.step * self.step)

    def _decimals(self) -> str:
        return f", with at most {self.digits} decimals" if self.digits else ", without decimals"


HUNDREDTHS = Unit("CEU", "CEUs", digits=2, shown_digits=1, step=1)


def parse_contact_hours(text: str, unit: Unit) -> int:
    """Convert contact hours with at most one decimal into the unit's smallest parts: "4.5" to 45.

    Raises BadCeus.
    """
    if unit.hours_per_unit is None:
        return unit.parse(text)
    tenths = parse_number(text, 1)
    parts = Fraction(tenths or 0, 10) / Fraction(unit.hours_per_unit) * 10**unit.digits
    if not 0 < parts <= LARGEST_OF_COURSE or parts.denominator != 1 or int(parts) % unit.step:
        most = unit.hours(LARGEST_OF_COURSE)
        raise BadCeus(
            f"Write the contact hours as a number such as 4 or 4.5, more than 0 and at most {most}."
        )
    return int(parts)


def parse_number(text: str, digits: int) -> int | None:
    """Return plain digits with at most `digits` decimals as a whole number of 10^-digits; None for
    anything else.
    """
    match = _NUMBER.fullmatch(text) if len(text) <= LONGEST_AMOUNT else None
    if match is None:
        return None
    whole, decimals = int(match[1]), match[2] or ""
    if len(decimals) > digits or whole > LARGEST_WHOLE:
        return None
    return whole * _power(digits) + int(decimals.ljust(digits, "0") or "0")


@lru_cache(maxsize=16_384)  # many records share a few amounts
def format_number(amount: int, digits: int, shown_digits: int) -> str:
    """Return a whole number of 10^-digits as plain decimals, with at least `shown_digits` of them."""
    sign = "-" if amount < 0 else ""
    whole, part = divmod(abs(amount), _power(digits))
    decimals = f"{part:0{digits}d}".rstrip("0") if part else ""
    decimals = decimals.ljust(shown_digits, "0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def count_of(number: int | str, noun: str, plural: str = "") -> str:
    """Return a number with its noun, such as "1 day" and "2 days"."""
    return f"{number} {noun if str(number) == '1' else plural or noun + 's'}"


def format_cents(cents: int) -> str:
    """Return cents, 9900, as "99.00", for tables and for other systems."""
    return format_number(cents, CENTS_DIGITS, CENTS_DIGITS)


def money_in_words(cents: int, symbol: str) -> str:
    """Return cents, 9900, as "$99", and 9950 as "$99.50", for sentences."""
    whole, part = divmod(abs(cents), 100)
    amount = f"{whole}.{part:02d}" if part else str(whole)
    return f"{'-' if cents < 0 else ''}{symbol}{amount}"


def number_in_words(count: int) -> str:
    """Return a count for a sentence: "two" for 2, up to "ten", and digits for all others."""
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else str(count)


def _power(digits: int) -> int:
    return int(10**digits)
