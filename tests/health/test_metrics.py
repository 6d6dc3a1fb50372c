"""What Prometheus reads, and who may read it."""

from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from core import clock
from outbox.heartbeat import record_part
from outbox.models import Notice

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


def test_the_metrics_state_for_how_long_the_oldest_overdue_message_has_waited(read, jordan):
    with clock.moved_to(datetime(2027, 3, 2, 19, 10, tzinfo=UTC)):
        Notice.objects.create(
            kind="x", subject="y", event="z", trainer=jordan, send_at=datetime(2027, 3, 2, 19, tzinfo=UTC)
        )
        assert read("portal_mails_due") == 1
        assert read("portal_mails_due_age_seconds") == 600
