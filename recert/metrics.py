"""What Prometheus reads: requests, which every web process counts, and queues, mails and scheduled
runs, which are read from the database at each request of it.
"""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from audits.services.drawing import closed_draws
from core import clock
from core.access import public
from outbox.models import Heartbeat, Notice
from recert.schedule import SCHEDULE
from staff.today import every_queue
from webhooks.models import Delivery

REQUESTS = Counter("portal_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "portal_request_seconds", "Seconds to an answer", buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
)
ENDED = Counter("portal_workers_ended", "Web workers that were ended because a request took too long")
METHODS = ("GET", "HEAD", "POST")
COUNTED = timedelta(hours=24)


def count_request(*, method: str | None, route: str, status: int, seconds: float) -> None:
    """Count an answered request. A method that HTTP does not define counts as "other"."""
    REQUESTS.labels(method if method in METHODS else "other", route, str(status)).inc()
    SECONDS.observe(seconds)


def count_ended(*, method: str | None, route: str, seconds: float) -> None:
    """Count a request whose worker was ended after so many seconds: the web server in front answers it with 503."""
    ENDED.inc()
    count_request(method=method, route=route, status=503, seconds=seconds)


@public
@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus' text format to whoever sends METRICS_TOKEN; 404 without such a setting, 401 to others."""
    if not settings.METRICS_TOKEN:
        raise Http404
    sent = request.headers.get("Authorization", "").encode(errors="replace")
    if not compare_digest(sent, f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse("METRICS_TOKEN is missing\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # which gunicorn.conf.py sets: all workers together
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types of its own
    else:
        registry = REGISTRY
    text = generate_latest(registry) + generate_latest(_of_the_database())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _of_the_database() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Stored())
    return registry


class _Stored(Collector):
    """The metrics that are read from the database at this moment, whichever process answers."""

    def collect(self) -> Iterator[Metric]:
        now = clock.now()
        yield from _queues(now)
        yield from _mails(now)
        yield from _webhooks(now)
        draws = GaugeMetricFamily(
            "portal_draw_closed", "1 while no draw period of the policy is open", labels=["policy"]
        )
        for policy, is_closed in closed_draws(now).items():
            draws.add_metric([policy], is_closed)
        yield draws
        runs = GaugeMetricFamily(
            "portal_last_run_timestamp_seconds", "When a part last did its work", labels=["part"]
        )
        for part, at in Heartbeat.objects.values_list("part", "at"):
            runs.add_metric([part], at.timestamp())
        yield runs
        intervals = GaugeMetricFamily(
            "portal_task_interval_seconds", "How often a part runs", labels=["part"]
        )
        for task, every in SCHEDULE.items():
            intervals.add_metric([task], every.total_seconds())
        yield intervals


def _queues(now: datetime) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("portal_queue", "Rows that wait for staff, at most 1000", labels=["queue"])
    late = GaugeMetricFamily("portal_queue_late", "Those that are late", labels=["queue"])
    age = GaugeMetricFamily("portal_queue_age_seconds", "How long the oldest has waited", labels=["queue"])
    for queue in every_queue():
        waiting.add_metric([queue.label], queue.count)
        late.add_metric([queue.label], queue.late)
        age.add_metric([queue.label], (now - queue.oldest).total_seconds() if queue.oldest else 0)
    yield from (waiting, late, age)


def _mails(now: datetime) -> Iterator[Metric]:
    ended = GaugeMetricFamily("portal_mails_24h", "Messages that ended within 24 hours", labels=["outcome"])
    found = Notice.objects.filter(ended_at__gt=now - COUNTED).order_by().values_list("state")
    counts = dict(found.annotate(count=Count("pk")))
    for state in Notice.State.values:
        if state != Notice.State.DUE:
            ended.add_metric([state], counts.get(state, 0))
    yield ended
    due = Notice.objects.unsent().filter(send_at__lte=now)
    oldest = due.order_by("send_at").values_list("send_at", flat=True).first()
    yield GaugeMetricFamily("portal_mails_due", "Messages that should have left", value=due.count())
    age = (now - oldest).total_seconds() if oldest else 0
    yield GaugeMetricFamily("portal_mails_due_age_seconds", "How late the oldest of them is", value=age)


def _webhooks(now: datetime) -> Iterator[Metric]:
    ended = GaugeMetricFamily(
        "portal_webhooks_24h", "Webhooks that ended within 24 hours", labels=["outcome"]
    )
    found = Delivery.objects.filter(ended_at__gt=now - COUNTED).order_by().values_list("state")
    counts = dict(found.annotate(count=Count("pk")))
    for state in Delivery.State.values:
        if state != Delivery.State.DUE:
            ended.add_metric([state], counts.get(state, 0))
    yield ended
    due = Delivery.objects.due(now)
    yield GaugeMetricFamily("portal_webhooks_due", "Webhooks that should have left", value=due.count())
