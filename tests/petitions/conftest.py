"""Each test of petitions has its own storage, and most happen on February 1, 2027."""

from datetime import datetime

import pytest

from petitions import services
from petitions.models import Petition
from tests.petitions import scenes


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(storage) -> None:
    """No test of this folder writes where another one reads."""


@pytest.fixture
def at(clock_at) -> datetime:
    """Noon of Monday, February 1, 2027, in Phoenix."""
    return clock_at("2027-02-01 12:00")


@pytest.fixture
def submitted(jordan, at) -> Petition:
    return scenes.submitted(jordan, at=at)


@pytest.fixture
def asked(submitted, reviewer, clock_at) -> Petition:
    """Asked on Wednesday, February 3; to be answered through Wednesday, February 17."""
    at = clock_at("2027-02-03 12:00")
    return services.ask_question(submitted, by=reviewer, at=at, text="How long was day two?")


@pytest.fixture
def draft(jordan, at) -> Petition:
    return scenes.draft(jordan, at=at)
