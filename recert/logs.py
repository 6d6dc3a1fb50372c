"""What is logged of requests, tasks and people: routes in the place of paths, and primary keys in
the place of names. No line contains a secret or a name.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars

from core.models import HistoryEntry
from recert.metrics import count_ended, count_request
from trainers.models import Trainer

Handler = Callable[[HttpRequest], HttpResponse]
events = logging.getLogger("portal")
ASKED_ALL_THE_TIME = ("livez", "readyz", "metrics")  # logged only when they fail
REFUSALS = {400, 401, 403, 405, 409, 410, 413, 422, 429}
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


# What this process answers at this moment: a web worker one request, the server of the embedded set-up several.
_answering: list[HttpRequest] = []


class RequestLog:
    """A middleware that gives every request an id, and logs a line when it was answered.

    An id that the web server in front sent as X-Request-ID is kept; the response carries the id in
    the header of that name.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.META.get("HTTP_X_REQUEST_ID", "")
        named = sent if REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        began = time.monotonic()
        _answering.append(request)
        with bound_contextvars(request_id=named, address=request.META["REMOTE_ADDR"]):
            try:
                response = self.get_response(request)
            finally:
                _answering.remove(request)
            response["X-Request-ID"] = named
            _write_line(request, response, seconds=time.monotonic() - began)
        return response


def route_of(request: HttpRequest) -> str:
    """Return the pattern of the address, never the address itself: it may hold a link that opens something."""
    return request.resolver_match.route if request.resolver_match else ""


def _write_line(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    status, route = response.status_code, route_of(request)
    if route in ASKED_ALL_THE_TIME and status < 400:
        return
    count_request(method=request.method, route=route, status=status, seconds=seconds)
    person = _person(request)
    # What belongs to somebody else is answered as if it did not exist.
    refused = status in REFUSALS or (status == HTTPStatus.NOT_FOUND and route and person)
    events.log(
        logging.WARNING if status >= 500 else logging.INFO,
        "refusal" if refused else "request",
        extra={
            "method": request.method,
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000),
            "user": person,
        },
    )


def write_ended(*, seconds: float) -> None:
    """Count and log, with its route, the request of a web worker that is ended because it took too long. Its line
    has the request's id and address, and no person: whoever is asked must not wait any longer.
    """
    request = _answering[-1] if _answering else None
    method, route = (request.method, route_of(request)) if request else ("GET", "")
    count_ended(method=method, route=route, seconds=seconds)
    said = {"method": method, "route": route, "status": 503, "milliseconds": round(seconds * 1000)}
    events.error("a request took too long, and its worker was ended", extra=said)


def _person(request: HttpRequest) -> int | None:
    """Return who is signed in, without a query and without reading a session that nobody read."""
    session = getattr(request, "session", None)
    pk = session.get(SESSION_KEY) if session is not None and session.accessed else None
    return int(pk) if pk else None


@receiver(user_logged_in)
def _log_sign_in(sender: object, user: Trainer, **more: object) -> None:
    events.info("sign-in", extra={"user": user.pk})


@receiver(user_logged_out)
def _log_sign_out(sender: object, user: Trainer | None, **more: object) -> None:
    events.info("sign-out", extra={"user": user.pk if user else None})


@receiver(user_login_failed)
def _log_failed_sign_in(sender: object, **more: object) -> None:
    events.info("sign-in refused")


@receiver(post_save, sender=HistoryEntry)
def _log_act(sender: object, instance: HistoryEntry, **more: object) -> None:
    """Log what a person did once it is committed: decisions, exports and all else that has a history."""
    if instance.by_id is not None:
        event = "export" if instance.verb == "exported" else "act"
        said = {"verb": instance.verb, "subject": instance.subject, "user": instance.by_id}
        transaction.on_commit(lambda: events.info(event, extra=said))


def bind_task(task: object = None, task_id: str = "", **more: object) -> None:
    """Put the task's name and id on every line that it logs; Celery calls this before each task."""
    clear_contextvars()
    bind_contextvars(task=getattr(task, "name", ""), task_id=task_id)
