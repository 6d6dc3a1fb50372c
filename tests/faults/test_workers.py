"""Killed worker children and workers, two beats and five workers, a dead beat."""

from datetime import date

import pytest

from tests.audits.scenes import open_periods
from tests.faults.scenes import POINTS
from tests.faults.stage import SEND, outcome, wrong
from tests.faults.strike import CHILD, VICTIMS, Company

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
def test_a_worker_process_killed_at_any_crash_point_loses_no_mail(company, point):
    struck = company.strike(point, CHILD, day=MONDAY)
    assert struck.fault() == "", struck


@pytest.mark.parametrize("victim", VICTIMS[1:])
def test_a_worker_that_dies_or_freezes_during_a_send_duplicates_no_mail(company, victim):
    struck = company.strike("sender.opened", victim, day=MONDAY, times=3)
    assert struck.fault() == "", struck


def test_five_workers_that_get_every_task_twice_send_each_mail_once(stage, office, due):
    due(40)
    for _ in range(5):
        stage.worker()
    said = stage.wake(*[SEND] * 10)
    stage.until(lambda: all(map(stage.has_ended, said)), "they did not end")
    stage.recover()
    assert outcome(office) == {"sent": 40}
    assert wrong() == []


def test_one_mail_that_cannot_be_rendered_stops_none_of_100_others(stage, office, due):
    due(50)
    due(1, payload={"mail": "of no kind"})
    due(50)
    stage.worker()
    stage.run(SEND)
    assert outcome(office) == {"sent": 100, "due": 1, "lost": 1}
    for _ in range(4):
        stage.pass_time(7 * 60 * 60)
        stage.run(SEND)
    assert outcome(office) == {"sent": 100, "failed": 1}
    assert wrong() == []


@pytest.mark.slow
def test_two_schedulers_and_five_workers_send_each_mail_once(stage, office, due):
    for _ in range(5):
        stage.worker()
    for _ in range(2):
        stage.beat()
    due(40)
    stage.until(lambda: outcome(office)["sent"] == 40, "the beats woke nobody")
    assert outcome(office) == {"sent": 40}
    assert wrong() == []
