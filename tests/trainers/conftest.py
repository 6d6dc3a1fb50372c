"""A registrar who imports roster files."""

import pytest

from tests.trainers.scenes import Desk


@pytest.fixture
def desk(db, tmp_path, clock_at) -> Desk:
    """March 2, 2027."""
    clock_at("2027-03-02")
    return Desk(tmp_path)
