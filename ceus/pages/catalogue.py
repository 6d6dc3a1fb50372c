"""The content of the catalogue's page: the approved courses that a search finds, counted up to a
cap and cut into pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple, cast

from django.core.paginator import Page
from django.db.models import DateField, Q, QuerySet, TextField
from django.utils.functional import SimpleLazyObject

from ceus import search
from ceus.models import CeuRecord, Course, ceus_changes_of
from core.pagination import CappedPaginator
from core.prepared import PreparedQuery
from rules.listing import Period, ceus_periods
from trainers.models import Cycle

PER_PAGE = 20
MOST = 1_000  # courses that are counted at most: whoever finds more adds a word to the search


@dataclass(frozen=True, slots=True)
class Choice:
    """A search of the catalogue; an empty part does not narrow it. `at_least` is in hundredths of a
    CEU.

    `since` adds courses whose approval has ended, but not before that day: they may have been
    completed while approved (Q10). `not_in` leaves out courses that are logged for a cycle already,
    because a course counts once in it (Q12).
    """

    text: str = ""
    topic: str = ""
    provider: str = ""
    format: str = ""
    at_least: int = 0
    since: date | None = None
    not_in: Cycle | None = None
    sort: str = ""


# In a row of a list. The index ceus_course_in_order has these columns, so that a page opens no row for them.
SHOWN = ("title", "slug", "hundredths", "format", "approved_through", "provider__name")
SORTS = {"": ("title", "pk"), "ceus": ("-hundredths", "title", "pk")}


def page_of(choice: Choice, *, today: date, number: str | None) -> "Page[Course]":
    """Return one page of the courses that a search finds, with their providers."""
    courses = _composed_late(lambda: _narrowed(choice, today=today))
    name = f"courses:{today}:{choice}" if choice.not_in is None else ""

    def paginator(rows: "QuerySet[Course]", *, many: bool = False) -> CappedPaginator:
        read = partial(_read, choice, today, many) if _is_usual(choice) else None
        return CappedPaginator(rows, PER_PAGE, cap=MOST, name=name, read=read)

    if not choice.text:
        return paginator(courses).get_page(number)
    few = paginator(_composed_late(lambda: search.matching_courses(courses, choice.text)))
    if not few.is_capped:
        return few.get_page(number)
    many = _composed_late(lambda: search.matching_courses(courses, choice.text, many=True))
    return paginator(many, many=True).get_page(number)


def closest_page_of(choice: Choice, *, today: date, number: str | None) -> "tuple[Page[Course], str]":
    """Return a page of courses and the text that found it: the choice's own, or what was probably
    meant by it when nothing matches.
    """
    page = page_of(choice, today=today, number=number)
    if not page.paginator.count:
        for meant in search.texts_meant(choice.text):
            closest = page_of(replace(choice, text=meant), today=today, number=number)
            if closest.paginator.count:
                return closest, meant
    return page, choice.text


def earlier_ceus(course: Course) -> tuple[Period, ...]:
    """Return the periods in which the course gave other CEUs than it gives now, the newest first
    (Q32).
    """
    return ceus_periods(ceus_changes_of(course))[1:]


def _narrowed(choice: Choice, *, today: date) -> "QuerySet[Course]":
    """Return the courses that fit all parts of a choice except its words, and that are approved, as
    are their providers (Q10): today, or on a day since the one in `since`.
    """
    courses = _approved_between(choice.since or today, today)
    if choice.topic:
        courses = courses.filter(topics__slug=choice.topic)
    if choice.provider:
        courses = courses.filter(provider__in=search.providers_named(choice.provider))
    if choice.format:
        courses = courses.filter(format=choice.format)
    if choice.at_least:
        courses = courses.filter(hundredths__gte=choice.at_least)
    if choice.not_in:
        logged = CeuRecord.objects.for_cycle(choice.not_in).filter(course__isnull=False)
        courses = courses.exclude(pk__in=logged.values("course_id"))
    return courses.order_by(*SORTS.get(choice.sort, SORTS[""]))


def _composed_late(compose: Callable[[], "QuerySet[Course]"]) -> "QuerySet[Course]":
    """Return a query set that is composed when something is first asked of it."""
    return cast("QuerySet[Course]", SimpleLazyObject(compose))


def _is_usual(choice: Choice) -> bool:
    """Return whether the choice is one of those whose query is composed once for all values."""
    rare = choice.provider, choice.at_least, choice.since, choice.not_in
    return not any(rare) and bool(search.wanted_words(choice.text)) == bool(choice.text)


def _read(choice: Choice, today: date, many: bool, start: int) -> list[Course]:
    """Return the courses of the page that begins at the place `start`, for a usual choice."""
    words = search.wanted_words(choice.text)
    kind = _Kind(len(words), many, bool(choice.topic), bool(choice.format), choice.sort)
    values: dict[str, object] = {"today": today, "query": search.query_of(words)}
    values |= {f"word_{n}": word for n, word in enumerate(words)}
    return _prepared(kind, start).all(**values, topic=choice.topic, format=choice.format)


class _Kind(NamedTuple):
    """What the text of a query depends on."""

    words: int
    many: bool
    topic: bool
    format: bool
    sort: str


@lru_cache(maxsize=1024)
def _prepared(kind: _Kind, start: int) -> PreparedQuery[Course]:
    words = [f"word_{n}" for n in range(kind.words)]

    def build(today: Any, query: Any, topic: Any, format: Any, **more: Any) -> "QuerySet[Course]":
        courses = _rows_approved(today, today)
        if kind.topic:
            courses = courses.filter(topics__slug=topic)
        if kind.format:
            courses = courses.filter(format=format)
        courses = courses.order_by(*SORTS.get(kind.sort, SORTS[""]))
        if kind.words:
            courses = search.with_words(courses, query, [more[name] for name in words], many=kind.many)
        return courses[start : start + PER_PAGE]

    text: TextField[str, str] = TextField()
    texts = dict.fromkeys((*words, "query", "topic", "format"), text)
    # Which plan is the best depends on how many courses have the words.
    return PreparedQuery(build, planned_anew=bool(kind.words), today=DateField(), **texts)


@lru_cache(maxsize=64)
def _approved_between(first_on: date, last_on: date) -> "QuerySet[Course]":
    """Return the query for the courses approved on one of these days, which every search narrows
    further. It is composed once, because that costs as much as a page's query.
    """
    return _rows_approved(first_on, last_on)


def _rows_approved(first_on: Any, last_on: Any) -> "QuerySet[Course]":
    both = _approved("", first_on, last_on), _approved("provider__", first_on, last_on)
    return Course.objects.filter(*both).select_related("provider").only(*SHOWN)


def _approved(prefix: str, first_on: Any, last_on: Any) -> Q:
    """Return the condition of being approved on some day from `first_on` through `last_on`."""
    ends = Q(**{f"{prefix}approved_through__isnull": True}) | Q(
        **{f"{prefix}approved_through__gte": first_on}
    )
    return Q(**{f"{prefix}approved_from__lte": last_on}) & ends
