"""The output of the commands: one line for each step, and one sentence for an obstacle."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Trouble(Exception):
    """An obstacle that the user can remove; the message is the sentence they read."""


def print_line(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def timed_step(doing: str) -> Iterator[None]:
    """Print what is being done, and how long it took once it is done."""
    print_line(f"{doing} …")
    began = time.monotonic()
    yield
    print_line(f"  done in {time.monotonic() - began:.1f} s")
