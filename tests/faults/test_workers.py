"""kill -9 of a worker's child, of the worker, and of both; two beats and five workers; a beat that is dead."""

from datetime import date

import pytest

from tests.draws import open_periods
from tests.faults.scenes import POINTS
from tests.faults.strike import CHILD, Company

pytestmark = pytest.mark.fault
MONDAY = date(2027, 1, 4)


@pytest.fixture(autouse=True)
def _draw_periods(real_database):
    """Every renewal is chosen for an audit."""
    open_periods(rate="1")


@pytest.fixture
def company(stage, office):
    return Company(stage)


@pytest.mark.parametrize("point", POINTS)
def test_a_child_killed_in_any_window_loses_nothing(company, point):
    struck = company.strike(point, CHILD, day=MONDAY)
    assert struck.fault() == "", struck
