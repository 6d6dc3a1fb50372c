"""The heartbeat of the schedule: written by its sweeps, read by readiness and staff."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from outbox import heartbeat
from outbox.models import Heartbeat, Notice
from outbox.tasks import send_due_notices

pytestmark = pytest.mark.django_db


def missing(client) -> dict[str, list[str]]:
    return client.get("/readyz").json()["missing"]


@pytest.fixture
def due_since(jordan):
    """A message that has been due since a moment, on a portal where no schedule was ever seen."""

    def due_since(moment) -> Notice:
        return Notice.objects.create(
            kind="account.change", subject="trainers.trainer:1", event="once", trainer=jordan, send_at=moment
        )

    return due_since


def test_every_run_of_the_outbox_task_writes_the_heartbeat(clock_at):
    moment = clock_at("2027-03-02 09:00")
    send_due_notices()
    assert heartbeat.seen_at(heartbeat.SCHEDULER) == moment


def test_the_schedulers_heartbeat_is_written_at_most_once_a_minute(clock_at):
    first = clock_at("2027-03-02 09:00")
    heartbeat.record_heartbeat(first)
    with CaptureQueriesContext(connection) as asked:
        heartbeat.record_heartbeat(clock_at("2027-03-02 09:00:59"))
    assert len(asked) == 1
    assert heartbeat.seen_at(heartbeat.SCHEDULER) == first
    later = clock_at("2027-03-02 09:01:00")
    heartbeat.record_heartbeat(later)
    assert heartbeat.seen_at(heartbeat.SCHEDULER) == later
    assert Heartbeat.objects.count() == 1


@pytest.mark.parametrize(("time", "stands"), [("09:04:59", False), ("09:05:00", False), ("09:05:01", True)])
def test_readiness_fails_after_five_minutes_without_a_heartbeat(client, clock_at, time, stands):
    heartbeat.record_heartbeat(clock_at("2027-03-02 09:00"))
    clock_at(f"2027-03-02 {time}")
    answer = client.get("/readyz")
    assert answer.status_code == (503 if stands else 200)
    assert answer.json()["missing"] == ({"scheduler": ["has stopped"]} if stands else {})


def test_the_readiness_check_passes_after_one_heartbeat_that_follows_a_silence(client, clock_at):
    heartbeat.record_heartbeat(clock_at("2027-03-02 09:00"))
    clock_at("2027-03-12 09:00")
    assert missing(client) == {"scheduler": ["has stopped"]}
    send_due_notices()
    assert missing(client) == {}


def test_a_new_portal_is_ready_before_its_schedule_runs_and_while_nothing_waits(client, clock_at):
    clock_at("2027-03-02 09:00")
    assert missing(client) == {}
    assert not Heartbeat.objects.exists()


@pytest.mark.parametrize(("time", "stands"), [("09:05:00", False), ("09:05:01", True)])
def test_without_any_heartbeat_readiness_fails_once_a_message_waits_five_minutes(
    client, clock_at, due_since, time, stands
):
    due_since(clock_at("2027-03-02 09:00"))
    clock_at(f"2027-03-02 {time}")
    assert ("scheduler" in missing(client)) is stands


def test_after_the_clock_is_set_back_the_next_heartbeat_still_counts(client, clock_at):
    heartbeat.record_heartbeat(clock_at("2027-03-03 09:00"))
    clock_at("2027-03-02 09:00")
    assert missing(client) == {"scheduler": ["has stopped"]}
    heartbeat.record_heartbeat(clock.now())
    assert missing(client) == {}


def test_readiness_does_not_fail_when_the_clock_is_set_back_by_less_than_five_minutes(client, clock_at):
    heartbeat.record_heartbeat(clock_at("2027-03-02 09:04"))
    clock_at("2027-03-02 09:00")
    assert missing(client) == {}


def test_a_page_does_not_query_the_heartbeat(client, clock_at):
    heartbeat.record_heartbeat(clock_at("2027-03-02 09:00"))
    clock_at("2027-03-12 09:00")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/help/").status_code == 200
    assert not [query for query in asked if "heartbeat" in query["sql"]]


def test_a_heartbeat_of_another_component_does_not_count_for_the_scheduler(clock_at):
    Heartbeat.objects.create(part="another", at=clock_at("2027-03-02 09:00"))
    assert heartbeat.seen_at(heartbeat.SCHEDULER) is None
