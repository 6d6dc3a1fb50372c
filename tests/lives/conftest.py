"""A life opens its own draw periods: some draw everybody, others nobody."""

import os
from collections.abc import Callable

import pytest


@pytest.fixture(autouse=True)
def _draw_periods() -> None:
    """Leave the draw to the test."""


@pytest.fixture
def size(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Return how large a search is: the first number, or with `--all` the second or `PORTAL_LIVES`."""

    def chosen(short: int, long: int) -> int:
        return int(os.environ.get("PORTAL_LIVES", long)) if request.config.getoption("--all") else short

    return chosen
