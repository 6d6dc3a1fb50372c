"""The operations of the API. Each looks up, calls one service, and answers."""

import base64
from datetime import UTC
from typing import Annotated, Any, cast

from django.conf import settings
from django.http import HttpRequest
from ninja import Header, Query, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from ceus.models import Course
from core import clock
from core.deadlines import latest_today
from core.pasted import cannot_be_stored
from core.policy_words import portal_unit
from providers.api.frame import KeyRequest, Problem, ProviderApi, ScopedKey, handle_problems
from providers.api.schemas import (
    AnsweredOut,
    CompletionIn,
    CompletionsIn,
    CourseOut,
    CoursesOut,
    NumberOut,
    NumbersIn,
    NumbersOut,
    ReportOut,
)
from providers.limits import count_lookups
from providers.models import Batch
from providers.rows import ReadRow, flawed_row, read_row
from providers.services.reporting import report_completions
from rules.policy.load import load_policy
from trainers.models import Credential
from trainers.models.credential import normalise_number

PAGE = 100
PROBLEMS = dict.fromkeys((400, 401, 403, 409, 413, 422, 429), Problem)
NOT_TEXT = "Write text in every column."

api = ProviderApi(
    title="Provider API",
    version="1",
    description="For approved providers: report who completed a course, check numbers, read courses.",
    urls_namespace="api",
    docs_url=None,
)
handle_problems(api)


@api.post(
    "/completions",
    auth=ScopedKey("report"),
    response={201: ReportOut, **PROBLEMS},
    operation_id="report_completions",
    summary="Report who completed a course",
)
def completions(
    request: HttpRequest,
    data: CompletionsIn,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=1, max_length=90, pattern=r"^[\x21-\x7e]+$")
    ],
) -> Status[ReportOut]:
    """Report up to 1,000 completions. Every row gets an answer; what is taken counts at once. The same key
    with the same rows returns the first answer.
    """
    asked, at = cast(KeyRequest, request), clock.now()
    policy = load_policy(settings.PORTAL_POLICY)
    today = clock.date_of(at, policy.time_zone)
    key = asked.auth
    batch = report_completions(
        key.provider,
        rows=[_row(place, one) for place, one in enumerate(data.rows, 1)],
        source=Batch.Source.API,
        idempotency_key=f"api:{idempotency_key}",
        by=None,
        key=key,
        at=at,
        latest_day=latest_today(today, at=at, own_zone=key.made_by.time_zone),
    )
    return Status(201, _report(batch))


@api.post(
    "/numbers/check",
    auth=ScopedKey("check"),
    response={200: NumbersOut, **PROBLEMS},
    operation_id="check_numbers",
    summary="Check certification numbers",
)
def numbers(request: HttpRequest, data: NumbersIn) -> dict[str, list[NumberOut]]:
    """Return for each number the name of its holder, and nothing else about anybody."""
    key = cast(KeyRequest, request).auth
    count_lookups(key.provider, len(data.numbers))
    plain = {text: normalise_number(_storable(text))[:20] for text in data.numbers}
    found = Credential.objects.known().filter(number__in=set(plain.values())).select_related("trainer")
    names = {one.number: one.trainer.name for one in found}
    return {"numbers": [NumberOut(number=text, name=names.get(plain[text])) for text in data.numbers]}


class PageIn(Schema):
    """One page of a list: the cursor that the previous answer gave, and the number of rows."""

    cursor: Annotated[str, Field(max_length=60)] = ""
    limit: Annotated[int, Field(ge=1, le=PAGE)] = PAGE


@api.get(
    "/courses",
    auth=ScopedKey("courses"),
    response={200: CoursesOut, **PROBLEMS},
    operation_id="list_courses",
    summary="List your courses",
)
def courses(request: HttpRequest, page: Query[PageIn]) -> dict[str, object]:
    """Return the courses of the provider, a page at a time."""
    key = cast(KeyRequest, request).auth
    rows = Course.objects.filter(provider=key.provider, pk__gt=_after(page.cursor)).order_by("pk")
    found = list(rows[: page.limit + 1])
    more = len(found) > page.limit
    shown = found[: page.limit]
    return {
        "courses": [_course(one) for one in shown],
        "next_cursor": _cursor(shown[-1].pk) if more else None,
    }


def _row(line: int, one: CompletionIn) -> ReadRow:
    given = {name: getattr(one, name) for name in ("number", "name", "course", "completed_on", "ceus")}
    texts = {name: _text(value) for name, value in given.items()}
    if None in texts.values():
        return flawed_row(line, NOT_TEXT)
    unit = load_policy(settings.PORTAL_POLICY).unit
    return read_row(line, unit=unit, **cast(dict[str, Any], texts))


def _text(value: object) -> str | None:
    """Return a value as text; None for what is neither text nor a number."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return str(value)[:2000]
    except ValueError:  # a whole number of thousands of digits
        return None


def _storable(text: str) -> str:
    return "".join(letter for letter in text if not cannot_be_stored(letter))


def _report(batch: Batch) -> ReportOut:
    rows = batch.completions.filter(replaces__isnull=True).order_by("line", "pk")
    return ReportOut(
        reference=batch.reference,
        state=cast(Any, batch.state),
        sent_at=batch.sent_at.astimezone(UTC),
        row_count=batch.row_count,
        taken_count=batch.taken_count,
        rows=[
            AnsweredOut(
                line=one.line,
                outcome=cast(Any, one.outcome),
                words=one.words,
                number=one.number,
                course=one.course_code,
                completed_on=one.completed_on,
            )
            for one in rows
        ],
    )


def _course(course: Course) -> CourseOut:
    return CourseOut(
        code=course.slug,
        title=course.title,
        ceus=portal_unit().format(course.hundredths),
        category=course.category,
        approved_from=course.approved_from,
        approved_through=course.approved_through,
    )


def _cursor(pk: int) -> str:
    return base64.urlsafe_b64encode(f"c{pk}".encode()).decode()


def _after(cursor: str) -> int:
    """Return the primary key in a cursor, 0 for the first page. Raises HttpError for anything else."""
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        if not (text.startswith("c") and text[1:].isascii() and text[1:].isdigit() and len(text) <= 19):
            raise ValueError
    except ValueError:
        raise HttpError(400, "This cursor is none of ours. Begin without one.") from None
    return int(text[1:])
