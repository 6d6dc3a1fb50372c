"""A life opens its own draw periods: some draw everybody, others nobody."""

import pytest


@pytest.fixture(autouse=True)
def _draw_periods() -> None:
    """Leave the draw to the test."""
