"""Each test of petitions has its own storage, and most happen on February 1, 2027."""

from datetime import datetime

import pytest


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(storage) -> None:
    """No test of this folder writes where another one reads."""


@pytest.fixture
def at(clock_at) -> datetime:
    """Noon of Monday, February 1, 2027, in Phoenix."""
    return clock_at("2027-02-01 12:00")
