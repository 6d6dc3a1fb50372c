"""One `./portal up` at a time: a file lock that the system releases when its process ends, even by
kill -9.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tools.trouble import Trouble

LOCK = "portal.lock"


@contextmanager
def only_one(var: Path, *, address: str, mark: str) -> Iterator[str]:
    """Lock `var` for this process; yield the mark of the previous run, whose processes may have
    survived a kill.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / LOCK).open("a+") as lock:
        before = _read(lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                f"The portal is already running at {before.get('address', 'another address')}. "
                f"Stop it with Ctrl-C where it runs, or with: kill {before.get('pid', 'its process')}"
            ) from None
        lock.truncate(0)
        lock.write(json.dumps({"pid": os.getpid(), "address": address, "mark": mark}))
        lock.flush()
        yield before.get("mark", "")


def _read(lock: TextIO) -> dict[str, str]:
    lock.seek(0)
    try:
        held = json.loads(lock.read())
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
