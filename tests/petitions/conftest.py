"""Each test of petitions has its own storage."""

import pytest


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(storage) -> None:
    """No test of this folder writes where another one reads."""
