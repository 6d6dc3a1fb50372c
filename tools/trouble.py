"""How the commands speak: one line per step, and one sentence when something is in the way."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Trouble(Exception):
    """Something the person at the keyboard can mend; the message is the sentence they read."""


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Say what is being done, and how long it took once it is done."""
    say(f"{doing} …")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.1f} s")
