"""What Prometheus reads, and who may read it."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from celery.signals import task_success
from django.core.management import CommandError, call_command
from prometheus_client.parser import text_string_to_metric_families

from core import clock
from core.invariants import Check
from outbox.heartbeat import record_part
from outbox.models import Notice
from recert.celery import app
from recert.management.commands import sweep, verify_invariants

TOKEN = "a-token-of-the-operators"


@pytest.fixture
def read(client, settings, db):
    """The value of a metric with these labels, as Prometheus reads it; None when it is not there."""
    settings.METRICS_TOKEN = TOKEN

    def ask(name: str, **labels: str) -> float | None:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        samples = [s for f in text_string_to_metric_families(answer.content.decode()) for s in f.samples]
        found = [s.value for s in samples if s.name == name and labels.items() <= s.labels.items()]
        return found[0] if found else None

    return ask


@pytest.mark.parametrize(("setting", "sent", "status"), [("", "", 404), (TOKEN, "", 401), (TOKEN, "x", 401)])
def test_a_request_for_metrics_without_the_token_is_refused(client, settings, db, setting, sent, status):
    settings.METRICS_TOKEN = setting
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {sent}"})
    assert answer.status_code == status
    assert b"portal_" not in answer.content


def test_the_metrics_count_a_request_by_its_route_and_not_by_its_path(read, client):
    before = read("portal_requests_total", route="verify/<str:number>/", status="200") or 0
    client.get("/verify/99999999/")
    assert read("portal_requests_total", route="verify/<str:number>/", status="200") == before + 1
    client.generic("MADEUP", "/")
    assert read("portal_requests_total", method="other", status="405") >= 1


def test_the_metrics_about_backups_and_queues_are_read_from_the_database(read, stranger):
    assert read("portal_last_run_timestamp_seconds", part="backup") is None
    record_part("backup", datetime(2027, 3, 2, 3, tzinfo=UTC))
    assert read("portal_last_run_timestamp_seconds", part="backup") == 1803956400
    assert read("portal_queue", queue="Payments to match") == 0
    assert read("portal_mails_due") == 0


def test_a_check_of_the_invariants_that_finds_something_is_later_in_the_metrics_than_the_last_good_one(
    read, monkeypatch
):
    good, broken = ({"part": part} for part in ("invariants", "invariants broken"))
    found: list[str] = []
    monkeypatch.setattr(
        verify_invariants, "all_checks", lambda: [Check(1, "Nothing is wrong", lambda: found)]
    )
    with clock.moved_to(datetime(2027, 3, 2, 3, tzinfo=UTC)):
        call_command("verify_invariants", stdout=StringIO())
    name = "portal_last_run_timestamp_seconds"
    assert (read(name, **good), read(name, **broken)) == (1803956400, None)
    found.append("it is")
    with clock.moved_to(datetime(2027, 3, 3, 3, tzinfo=UTC)), pytest.raises(CommandError):
        call_command("verify_invariants", stdout=StringIO())
    assert (read(name, **good), read(name, **broken)) == (1803956400, 1804042800)


def test_the_metrics_say_of_each_policy_in_force_whether_no_draw_period_is_open(read):
    with clock.moved_to(datetime(2027, 3, 2, 19, tzinfo=UTC)):
        assert read("portal_draw_closed", policy="nasm-cpt") == 0
        assert read("portal_draw_closed", policy="no-such-policy") is None


def test_a_task_that_fails_each_time_falls_behind_its_interval_and_the_others_do_not(read, monkeypatch):
    def fail() -> None:
        raise ValueError("the disk is full")

    real = sweep.import_string
    monkeypatch.setattr(sweep, "close_old_connections", lambda: None)  # this test has one for itself
    monkeypatch.setattr(
        sweep, "import_string", lambda name: fail if name == "petitions.tasks.submit_paid" else real(name)
    )
    with clock.moved_to(datetime(2027, 3, 2, 19, tzinfo=UTC)), pytest.raises(CommandError):
        call_command("sweep", stdout=StringIO(), stderr=StringIO())
    assert read("portal_last_run_timestamp_seconds", part="petitions.tasks.submit_paid") is None
    assert read("portal_last_run_timestamp_seconds", part="petitions.tasks.follow_fees") == 1804014000
    assert read("portal_task_interval_seconds", part="petitions.tasks.submit_paid") == 120


def test_the_worker_records_when_a_task_of_the_schedule_ended_well_and_no_other(read):
    for name in ("petitions.tasks.follow_fees", "celery.backend_cleanup"):
        task_success.send(sender=app.tasks[name], result=0)
    assert read("portal_last_run_timestamp_seconds", part="petitions.tasks.follow_fees") is not None
    assert read("portal_last_run_timestamp_seconds", part="celery.backend_cleanup") is None


def test_the_metrics_state_for_how_long_the_oldest_overdue_message_has_waited(read, jordan):
    with clock.moved_to(datetime(2027, 3, 2, 19, 10, tzinfo=UTC)):
        Notice.objects.create(
            kind="x", subject="y", event="z", trainer=jordan, send_at=datetime(2027, 3, 2, 19, tzinfo=UTC)
        )
        assert read("portal_mails_due") == 1
        assert read("portal_mails_due_age_seconds") == 600
