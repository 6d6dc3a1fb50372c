"""Traces to an OpenTelemetry collector, when TRACES_URL names one: requests and tasks with their
statements. Requests are named by their routes, and statements have no values, so that no trace
names anybody.
"""

from collections.abc import Callable
from contextlib import ExitStack

from celery.signals import task_postrun, task_prerun
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import SpanKind, StatusCode
from structlog.contextvars import get_contextvars

from recert.logs import Handler, route_of

LONGEST_STATEMENT = 1000  # characters
_tracer = trace.get_tracer("recert")
_tasks: dict[str, ExitStack] = {}


def start_traces() -> TracerProvider:
    """Send a share of what this process does to the collector from now on."""
    provider = TracerProvider(
        sampler=ParentBased(TraceIdRatioBased(settings.TRACES_SHARE)),
        resource=Resource.create(
            {"service.name": "recertification-portal", "service.version": settings.RELEASE}
        ),
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.TRACES_URL, timeout=5)))
    trace.set_tracer_provider(provider)
    task_prerun.connect(_begin_task)
    task_postrun.connect(_end_task)
    return provider


class Traces:
    """A middleware that traces a request. A visitor's own `traceparent` is not believed: it would choose what is kept."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _span(str(request.method), SpanKind.SERVER) as stack:
            span = trace.get_current_span()
            response = self.get_response(request)
            if span.is_recording():
                route = route_of(request)
                span.update_name(f"{request.method} {route}".strip())
                span.set_attribute("http.request.method", str(request.method))
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", response.status_code)
                span.set_attribute("portal.request_id", response.get("X-Request-ID", ""))
                if response.status_code >= 500:
                    span.set_status(StatusCode.ERROR)
            stack.close()
        return response


def _span(name: str, kind: SpanKind) -> ExitStack:
    """Begin a span with its statements; it ends with the stack that is returned."""
    stack = ExitStack()
    span = stack.enter_context(
        _tracer.start_as_current_span(name, kind=kind, record_exception=False, set_status_on_exception=False)
    )
    if span.is_recording():
        stack.enter_context(connection.execute_wrapper(_trace_statement))
    return stack


def _trace_statement(
    execute: Callable[..., object], sql: str, params: object, many: bool, context: object
) -> object:
    named = {"db.system.name": connection.vendor, "db.query.text": sql[:LONGEST_STATEMENT]}
    with _tracer.start_as_current_span(
        sql.split(None, 1)[0], kind=SpanKind.CLIENT, attributes=named, record_exception=False
    ):
        return execute(sql, params, many, context)


def _begin_task(task: object = None, task_id: str = "", **more: object) -> None:
    _tasks[task_id] = _span(getattr(task, "name", "task"), SpanKind.CONSUMER)


def _end_task(task_id: str = "", state: str = "", **more: object) -> None:
    if stack := _tasks.pop(task_id, None):
        span = trace.get_current_span()
        span.set_attribute("portal.task_id", str(get_contextvars().get("task_id", "")))
        if state != "SUCCESS":
            span.set_status(StatusCode.ERROR)
        stack.close()
