"""Every cycle is chosen by the draw, unlike in all other tests."""

import pytest

from tests.audits.scenes import open_periods


@pytest.fixture(autouse=True)
def _draw_periods(db):
    """Instead of the ones of all other tests, in which nobody is chosen."""
    open_periods(rate="1")
