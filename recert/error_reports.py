"""Reports of errors to Sentry, or to a service with its protocol, when SENTRY_DSN names one. A
report states what broke and where in the code: nothing that was typed, requested or stored. The
rest is in our own log, under the same request_id.
"""

import logging
from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations import Integration
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from structlog.contextvars import get_contextvars

KEPT = (
    *("event_id", "timestamp", "level", "platform", "sdk", "logger", "release", "environment", "server_name"),
    *("transaction", "transaction_info", "exception", "logentry"),
)
OF_A_FRAME = ("filename", "abs_path", "module", "function", "lineno", "in_app", "context_line")
FOUND_AGAIN_BY = ("request_id", "task", "task_id")


def start_error_reports() -> None:
    """Report every error of this process from now on."""
    integrations: list[Integration] = [
        DjangoIntegration(middleware_spans=False, signals_spans=False),
        CeleryIntegration(),
        LoggingIntegration(level=None, event_level=logging.ERROR),
        ExcepthookIntegration(),
        DedupeIntegration(),
    ]
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE or None,
        environment=settings.PORTAL_ENV,
        default_integrations=False,
        integrations=integrations,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=_without_people,
    )


def _without_people(event: Any, hint: Any) -> Any:
    """Return the report with what is on the list alone. An error's own words may quote what was typed."""
    kept = {name: event[name] for name in KEPT if name in event}
    if (
        kept.get("transaction_info", {}).get("source") == "url"
    ):  # an address as it was asked for, not its pattern
        kept.pop("transaction", None)
    for error in kept.get("exception", {}).get("values", ()):
        error.pop("value", None)
        frames = (error.get("stacktrace") or {}).get("frames", ())
        for frame in frames:
            for name in set(frame) - set(OF_A_FRAME):
                del frame[name]
    if "logentry" in kept:  # the sentence as it stands in the code, without what was put into it
        kept["logentry"] = {"message": kept["logentry"].get("message", "")}
    kept["tags"] = {name: value for name, value in get_contextvars().items() if name in FOUND_AGAIN_BY}
    return kept
