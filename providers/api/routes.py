"""The operations of the API. Each looks up, calls one service, and answers."""

from datetime import UTC
from typing import Annotated, Any, cast

from django.conf import settings
from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from api.frame import PROBLEMS, ScopedKey, key_of_request
from api.paging import PageIn, page_of_rows, pk_of_cursor
from ceus.models import Course
from core import clock
from core.deadlines import latest_today
from core.pasted import cannot_be_stored
from core.policy_words import portal_unit
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
from providers.models import ApiKey, Batch
from providers.rows import ReadRow, flawed_row, read_row
from providers.services.reporting import report_completions
from rules.policy.load import load_policy
from trainers.models import Credential
from trainers.models.credential import normalise_number

NOT_TEXT = "Write text in every column."

router = Router(tags=["Providers"])


@router.post(
    "/completions",
    auth=ScopedKey(ApiKey, "report"),
    response={201: ReportOut, **PROBLEMS},
    operation_id="report_completions",
    summary="Report who completed a course",
)
def post_completions(
    request: HttpRequest,
    data: CompletionsIn,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=1, max_length=90, pattern=r"^[\x21-\x7e]+$")
    ],
) -> Status[ReportOut]:
    """Report up to 1,000 completions. Every row gets an answer; what is taken counts at once. The same key
    with the same rows returns the first answer.
    """
    key, at = key_of_request(request, ApiKey), clock.now()
    policy = load_policy(settings.PORTAL_POLICY)
    today = clock.date_of(at, policy.time_zone)
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


@router.post(
    "/numbers/check",
    auth=ScopedKey(ApiKey, "check"),
    response={200: NumbersOut, **PROBLEMS},
    operation_id="check_numbers",
    summary="Check certification numbers",
)
def check_numbers(request: HttpRequest, data: NumbersIn) -> dict[str, list[NumberOut]]:
    """Return for each number the name of its holder, and nothing else about anybody."""
    key = key_of_request(request, ApiKey)
    count_lookups(key.provider, len(data.numbers))
    plain = {text: normalise_number(_storable(text))[:20] for text in data.numbers}
    found = Credential.objects.known().filter(number__in=set(plain.values())).select_related("trainer")
    names = {one.number: one.trainer.name for one in found}
    return {"numbers": [NumberOut(number=text, name=names.get(plain[text])) for text in data.numbers]}


@router.get(
    "/courses",
    auth=ScopedKey(ApiKey, "courses"),
    response={200: CoursesOut, **PROBLEMS},
    operation_id="list_courses",
    summary="List your courses",
)
def list_own_courses(request: HttpRequest, page: Query[PageIn]) -> dict[str, object]:
    """Return the courses of the provider, a page at a time."""
    key = key_of_request(request, ApiKey)
    rows = Course.objects.filter(provider=key.provider, pk__gt=pk_of_cursor(page.cursor)).order_by("pk")
    shown, next_cursor = page_of_rows(rows, page, pk=lambda course: course.pk)
    return {"courses": [_course(one) for one in shown], "next_cursor": next_cursor}


def _row(line: int, one: CompletionIn) -> ReadRow:
    given = {name: getattr(one, name) for name in ("number", "name", "course", "completed_on", "ceus")}
    texts = {name: text for name, value in given.items() if (text := _text(value)) is not None}
    if len(texts) < len(given):
        return flawed_row(line, NOT_TEXT)
    unit = load_policy(settings.PORTAL_POLICY).unit
    return read_row(line, unit=unit, **texts)


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
    rows = batch.completions.as_sent().order_by("line", "pk")
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
