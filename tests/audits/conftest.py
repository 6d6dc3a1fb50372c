"""Jordan is ready to renew, every cycle is drawn, and three people decide: Rita and Ben review, Lea leads."""

import pytest

from tests.audits.scenes import open_periods


@pytest.fixture(autouse=True)
def _draw_periods(db):
    """Instead of the ones of all other tests, in which nobody is chosen."""
    open_periods(rate="1")
