"""What every answer of the API has: a key with its scope, a limit with its headers, problems as
application/problem+json.
"""

import json
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import HttpBearer

from api.models import ProgramKey
from api.services import key_of_text, note_use
from core import clock
from core.errors import Refusal

PROBLEM = "application/problem+json"
WINDOW = 60  # seconds
KeyRow = TypeVar("KeyRow", bound=ProgramKey)
STATUSES = {"key_used": 409, "busy": 409, "too_many": 413, "limit": 429}


class Problem(Schema):
    """A problem as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[object] = []


PROBLEMS = dict.fromkeys((400, 401, 403, 409, 413, 422, 429), Problem)


class ProgramApi(NinjaAPI):
    """An API whose answers carry the limit of the key, and whose problems are of their own type."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST and "content" in answer:
                        answer["content"] = {PROBLEM: answer["content"]["application/json"]}
        return schema

    def create_response(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        response = super().create_response(request, *args, **options)
        return with_limit(request, response)


class ScopedKey(HttpBearer):
    """The key of a request, of one kind and with a scope: `Authorization: Bearer rk_…`."""

    def __init__(self, model: type[ProgramKey], scope: str) -> None:
        super().__init__()
        self.model, self.scope = model, scope

    def authenticate(self, request: HttpRequest, token: str) -> ProgramKey | None:
        at = clock.now()
        key = key_of_text(self.model, token, at=at)
        if key is None:
            return None
        count_request(request, key)
        if self.scope not in key.scopes:
            raise HttpError(403, f"This key may not do that: it lacks the scope “{self.scope}”.")
        note_use(key, at=at)
        return key


def key_of_request(request: HttpRequest, model: type[KeyRow]) -> KeyRow:
    """Return the key with which an operation was asked; a `ScopedKey` of this model has found it."""
    key: object = getattr(request, "auth", None)
    if not isinstance(key, model):
        raise TypeError(f"This operation has no key of {model.__name__}.")
    return key


def count_request(request: HttpRequest, key: ProgramKey) -> None:
    """Count a request against the key's limit for each minute; raise Throttled when the limit is exceeded."""
    now = int(clock.real_now().timestamp())
    window, most = now // WINDOW, settings.API_REQUESTS_PER_MINUTE
    name = f"api:{key.MARK}{key.pk}:{window}"  # keys of two kinds may have the same number
    cache.add(name, 0, WINDOW * 2)
    try:
        used = cache.incr(name)
    except ValueError:  # it was evicted between the two
        used = 1
    request.limit = (most, max(0, most - used), WINDOW - now % WINDOW)  # type: ignore[attr-defined]  # read by with_limit
    if used > most:
        raise Throttled(WINDOW - now % WINDOW)


def with_limit(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response with the headers of the key's limit, if the request had a key."""
    if limit := getattr(request, "limit", None):
        names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
        for name, value in zip(names, limit, strict=True):
            response[name] = str(value)
    response["Cache-Control"] = "no-store"
    return response


def problem_response(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    code: str = "",
    errors: list[dict[str, object]] | None = None,
) -> HttpResponse:
    """Return a problem document."""
    body = {"type": f"about:blank#{code}" if code else "about:blank", "title": HTTPStatus(status).phrase}
    content = json.dumps({**body, "status": status, "detail": detail, "errors": errors or []})
    response = HttpResponse(content, status=status, content_type=PROBLEM)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="API"'
    return with_limit(request, response)


def handle_problems(api: NinjaAPI) -> None:
    """Let every error of an operation be answered with a problem document."""

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        status = STATUSES.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        return problem_response(request, status, str(error), code=error.code)

    def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
        found = [{"loc": list(map(str, one["loc"])), "msg": one["msg"]} for one in error.errors[:20]]
        return problem_response(
            request, 422, "The request is not as the API describes it.", code="invalid", errors=found
        )

    def throttled(request: HttpRequest, error: Any) -> HttpResponse:
        response = problem_response(request, 429, "Too many requests. Wait, then go on.", code="limit")
        response["Retry-After"] = str(error.wait)
        return response

    def http(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(request, error.status_code, str(error))

    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(ValidationError, unreadable)
    api.add_exception_handler(Throttled, throttled)
    api.add_exception_handler(
        AuthenticationError,
        lambda request, error: problem_response(request, 401, "Send a key that works.", code="key"),
    )
    api.add_exception_handler(HttpError, http)
    api.add_exception_handler(
        Http404, lambda request, error: problem_response(request, 404, "There is no such thing.")
    )
    api.add_exception_handler(
        RequestDataTooBig, lambda request, error: problem_response(request, 413, "The request is too large.")
    )


portal_api = ProgramApi(
    title="Portal API",
    version="1",
    description=(
        "For approved providers: report who completed a course, check numbers, read courses. "
        "For employers: read the team, check certifications. "
        "For the certifying body: read the journal of renewals and money."
    ),
    urls_namespace="api",
    docs_url=None,
)
handle_problems(portal_api)
