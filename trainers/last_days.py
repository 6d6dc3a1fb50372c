"""The last day to apply of a cycle. An app on a higher floor may have moved it later: it registers
a function here that reads the new day (Q34).
"""

from collections.abc import Callable
from datetime import date

from trainers.models import Cycle

LastDayReader = Callable[[Cycle], date | None]
_readers: list[LastDayReader] = []


def register_last_day(read: LastDayReader) -> LastDayReader:
    """Register the function that returns the day to which the last day to apply of a cycle was
    moved; None when it was not moved.
    """
    _readers.append(read)
    return read


def last_day_to_apply(cycle: Cycle) -> date:
    """Return the cycle's last day to apply, inclusive: the later day if it was moved, otherwise its own."""
    return max([cycle.last_day_to_apply, *filter(None, (read(cycle) for read in _readers))])
