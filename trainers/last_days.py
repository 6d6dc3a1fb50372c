"""The last day to apply of a cycle, which an app above may have moved later: it registers here
where it reads that (Q34).
"""

from collections.abc import Callable
from datetime import date

from trainers.models import Cycle

LastDayReader = Callable[[Cycle], date | None]
_readers: list[LastDayReader] = []


def register_last_day(read: LastDayReader) -> LastDayReader:
    """Register what returns the day to which the last day to apply of a cycle was moved; None where
    it was not.
    """
    _readers.append(read)
    return read


def last_day_to_apply(cycle: Cycle) -> date:
    """Return the last day to apply that holds: the cycle's own, or the later one to which it was
    moved.
    """
    return max([cycle.last_day_to_apply, *filter(None, (read(cycle) for read in _readers))])
