"""Jordan is ready to renew, every cycle is drawn, and three people decide: Rita and Ben review, Lea leads."""

import pytest

from tests import factories
from tests.audits import stage
from tests.draws import open_periods


@pytest.fixture(autouse=True)
def _draw_periods(db):
    """Instead of the ones of all other tests, in which nobody is chosen."""
    open_periods(rate="1")


@pytest.fixture
def ready(jordan):
    factories.everything_met(jordan)
    return jordan


@pytest.fixture
def rita(db):
    return stage.member("Rita Reviewer", "reviewer")


@pytest.fixture
def ben(db):
    return stage.member("Ben Osei", "reviewer")


@pytest.fixture
def lea(db):
    return stage.member("Lea Lead", "lead")


@pytest.fixture
def leo(db):
    return stage.member("Leo Lead", "lead")
