"""The address to which a provider's learning system sends its statements (xAPI 1.0.3, cmi5)."""

import base64
import binascii
from hashlib import sha256
from typing import TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja.errors import Throttled

from api.frame import count_request, with_limit
from api.services import key_of_text, note_use
from core import clock
from core.access import declare_access, public
from core.deadlines import latest_today
from core.errors import Refusal
from providers.models import ApiKey, Batch
from providers.services.reporting import report_completions
from providers.statements import read_statements
from rules.policy.load import load_policy

VERSION = "1.0.3"
Answer = TypeVar("Answer", bound=HttpResponse)


@public
@require_safe
def about_xapi(request: HttpRequest) -> HttpResponse:
    """Answer with the versions of the specification that are supported."""
    return _answer({"version": [VERSION]})


@csrf_exempt
def take_statements(request: HttpRequest) -> HttpResponse:
    """Take statements; each that reports a completion becomes a row of a report. A request without
    one of our keys gets 401.
    """
    return with_limit(request, _answer_statements(request))


def _answer_statements(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    key = key_of_text(ApiKey, _key_text(request), at=at)
    if key is None:
        response = _problem(401, "Send a key that works.")
        response["WWW-Authenticate"] = 'Basic realm="xAPI"'
        return response
    try:
        count_request(request, key)
    except Throttled as error:
        return _problem(429, "Too many requests. Wait, then go on.", **{"Retry-After": str(error.wait)})
    if "xapi" not in key.scopes:
        return _problem(403, "This key may not send statements.")
    if request.method not in ("POST", "PUT"):
        return _problem(405, "Send statements with POST or PUT.", Allow="POST, PUT")
    if not request.headers.get("X-Experience-API-Version", "").startswith("1.0"):
        return _problem(400, "Send the header X-Experience-API-Version: 1.0.3.")
    try:
        return _take(request, key)
    except Refusal as refusal:
        if refusal.code == "busy":  # learning systems send again what a server could not take just now
            return _problem(503, str(refusal), **{"Retry-After": "1"})
        return _problem(409 if refusal.code == "key_used" else 400, str(refusal))


declare_access(take_statements, "key")


def _take(request: HttpRequest, key: ApiKey) -> HttpResponse:
    at, policy = clock.now(), load_policy(settings.PORTAL_POLICY)
    alone = _id_of_put(request) if request.method == "PUT" else None
    read = read_statements(request.body, policy, at=at, new_id=lambda: alone or uuid4())
    if alone and read.ids != [str(alone)]:
        raise Refusal("The statement has another id than its address.", code="id")
    note_use(key, at=at)
    if read.rows:
        today = clock.date_of(at, policy.time_zone)
        report_completions(
            key.provider,
            rows=read.rows,
            source=Batch.Source.XAPI,
            idempotency_key="xapi:" + sha256(",".join(read.ids).encode()).hexdigest(),
            by=None,
            key=key,
            at=at,
            latest_day=latest_today(today, at=at, own_zone=key.made_by.time_zone),
        )
    if alone:
        return _with_version(HttpResponse(status=204))
    return _answer(read.ids)


def _id_of_put(request: HttpRequest) -> UUID:
    """Return the id of the one statement that a PUT stores. Raises Refusal without one."""
    try:
        found = UUID(request.GET.get("statementId", ""))
    except ValueError:
        raise Refusal("A PUT names its statement: ?statementId= and a UUID.", code="id") from None
    if request.body.lstrip()[:1] == b"[":
        raise Refusal("A PUT has one statement. Send several with POST.", code="count")
    return found


def _key_text(request: HttpRequest) -> str:
    """Return the key of a request: a bearer token, or the password of Basic, as learning systems send it."""
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return rest
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _answer(told: object, status: int = 200) -> JsonResponse:
    return _with_version(JsonResponse(told, safe=False, status=status))


def _with_version(response: Answer) -> Answer:
    response["X-Experience-API-Version"] = VERSION
    return response


def _problem(status: int, detail: str, **headers: str) -> JsonResponse:
    response = _answer({"detail": detail, "status": status}, status)
    response["Content-Type"] = "application/problem+json"
    for name, value in headers.items():
        response[name] = value
    return response
