"""Every cycle is chosen by the draw, unlike in all other tests."""

import pytest

from audits.models import DrawPeriod
from audits.tasks import keep_draw_periods
from tests.audits.scenes import open_periods


@pytest.fixture(autouse=True)
def _draw_periods(db):
    """Instead of the ones of all other tests, in which nobody is chosen."""
    open_periods(rate="1")


@pytest.fixture
def autumn(clock_at) -> DrawPeriod:
    """2026-Q4, opened by the schedule on October 1."""
    clock_at("2026-10-01 00:05")
    keep_draw_periods()
    return DrawPeriod.objects.get(code="2026-Q4")


@pytest.fixture
def commits(django_capture_on_commit_callbacks, clock_at):
    clock_at("2027-01-05")
    return lambda: django_capture_on_commit_callbacks(execute=True)
