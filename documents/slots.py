"""Limit how many parsers run at a time on one machine, across all its web processes, by a lock file
for each.
"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from documents.errors import BadFile

BETWEEN_TRIES = 0.05  # seconds
log = logging.getLogger(__name__)


@contextmanager
def parser_slot(*, until: float) -> Iterator[int]:
    """Yield a locked file, which the child process inherits: the lock ends when both processes have
    ended.

    `until` is a moment of `time.monotonic`. Raises BadFile when no slot becomes free until then.
    """
    try:
        slot = _take_slot(until)
    except OSError:
        log.exception("the lock files of the parsers cannot be written")
        raise BadFile("unavailable") from None
    try:
        yield slot
    finally:
        os.close(slot)


def _take_slot(until: float) -> int:
    while True:
        for number in range(settings.PARSERS_AT_ONCE):
            if (slot := _locked(settings.PARSER_SLOTS_DIR / f"slot-{number}")) is not None:
                return slot
        if time.monotonic() >= until:
            raise BadFile("busy")
        time.sleep(BETWEEN_TRIES)


def _locked(path: Path) -> int | None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    slot = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(slot)
        return None
    return slot
