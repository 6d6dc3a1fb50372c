"""How every sweep treats its rows: one after the other, each in its own transaction; a failing row
waits for the next round.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded

from core.errors import Refusal
from core.faults import faultpoint

log = logging.getLogger(__name__)
Row = TypeVar("Row")


def sweep_rows(
    rows: Iterable[Row],
    step: Callable[[Row], Row],
    *,
    moved: str = "state",
    failed: Callable[[Row, Exception], None] | None = None,
) -> int:
    """Call `step` for each row and return for how many the field `moved` changed.

    An error at one row does not stop the others; `failed`, unless None, records it.
    """
    count = 0
    for row in list(rows):
        before = getattr(row, moved)
        try:
            count += getattr(step(row), moved) != before
        except SoftTimeLimitExceeded:  # the sweep's own time is over; no fault of this row
            raise
        except Exception as error:  # noqa: BLE001 - whatever stops one row, the others go on
            _log(row, error)
            if failed:
                _write_down(failed, row, error)
        faultpoint("sweep.stepped")
    return count


def _log(row: object, error: Exception) -> None:
    if isinstance(error, Refusal):
        log.debug("%s waits: %s", row, error)
    else:
        log.error("%s could not be moved on", row, exc_info=error)


def _write_down(failed: Callable[[Row, Exception], None], row: Row, error: Exception) -> None:
    try:
        failed(row, error)
    except Exception:
        log.exception("what stopped %s could not be written down", row)
