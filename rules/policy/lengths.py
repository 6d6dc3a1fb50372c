"""Read lengths of a policy file, such as "18 months", "2 years" or "45 days"."""

import re

from rules.days import MONTHS_IN_YEAR
from rules.policy.table import Table

LENGTH = re.compile(r"([1-9][0-9]{0,2}) (month|year)s?", re.ASCII)
_DAYS = re.compile(r"([1-9][0-9]{0,2}) days?", re.ASCII)


def months_at(table: Table, key: str) -> int:
    """Return a length such as "18 months" or "2 years" in months."""
    text = table.text(key)
    match = LENGTH.fullmatch(text)
    if text and not match:
        table.problem(key, f'must be such as "2 years" or "18 months", not {text!r}.')
    return int(match[1]) * (MONTHS_IN_YEAR if match[2] == "year" else 1) if match else MONTHS_IN_YEAR


def days_or_months_at(table: Table, key: str) -> tuple[bool, int]:
    """Return (whether a length is in days, how many days or months it has); 0 when the key is absent."""
    if not table.has(key):
        return False, 0
    match = _DAYS.fullmatch(str(table.data[key]))
    return (True, int(match[1])) if match and table.text(key) else (False, months_at(table, key))
