"""How every sweep treats its rows: one after the other, each in its own transaction; a failing row waits for
the next round.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from core.errors import Refusal
from core.faults import faultpoint

log = logging.getLogger(__name__)
Row = TypeVar("Row", bound=Any)


def sweep_rows(rows: Iterable[Row], step: Callable[[Row], Row], *, moved: str = "state") -> int:
    """Call `step` for each row and return for how many the field `moved` changed."""
    count = 0
    for row in list(rows):
        before = getattr(row, moved)
        try:
            count += getattr(step(row), moved) != before
        except Refusal as refusal:
            log.debug("%s waits: %s", row, refusal)
        except Exception:
            log.exception("%s could not be moved on", row)
        faultpoint("sweep.stepped")
    return count
