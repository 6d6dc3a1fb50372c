"""What the catalogue shows: a choice of approved courses, counted to a cap and cut into pages."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from ceus import search
from ceus.models import CeuRecord, Course
from trainers.models import Cycle

PER_PAGE = 20
MOST = 1_000  # nobody reads further; they add a word


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody looks for; empty parts do not matter. `at_least` is in hundredths.

    `since` adds courses whose approval has ended, if it held on that day or later: they may have been completed
    then (Q10). `not_in` leaves out what is logged for a cycle already: the same course counts once in it (Q12).
    """

    text: str = ""
    topic: str = ""
    provider: str = ""
    format: str = ""
    at_least: int = 0
    since: date | None = None
    not_in: Cycle | None = None
    sort: str = ""


SHOWN = ("title", "slug", "hundredths", "format", "approved_through", "provider__name")  # in a row of a list
SORTS = {"": ("title", "pk"), "ceus": ("-hundredths", "title", "pk")}


class CappedPaginator(Paginator):
    """Counts no further than it shows, so that a page costs the same among 100 and 100,000 courses."""

    def page(self, number: int | str) -> Page:
        """Always as long a slice: told of fewer rows, PostgreSQL walks the titles for them instead of the word index."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        return self._get_page(self.object_list[start : start + self.per_page], number, self)

    @cached_property
    def count(self) -> int:
        return min(self._capped, MOST)

    @cached_property
    def is_capped(self) -> bool:
        return self._capped > MOST

    @cached_property
    def _capped(self) -> int:
        return self.object_list.order_by()[: MOST + 1].count()  # type: ignore[union-attr]


def page_of(choice: Choice, *, today: date, number: object) -> Page:
    """One page of the courses that were chosen, with their providers."""
    paginator = CappedPaginator(chosen(choice, today=today), PER_PAGE)
    if choice.text and paginator.is_capped:
        paginator.object_list = chosen(choice, today=today, many=True)
    return paginator.get_page(number)


def chosen(choice: Choice, *, today: date, many: bool = False) -> "QuerySet[Course]":
    """The courses of a choice that are approved, as are their providers (Q10): today, or since the day it names.

    The same courses if `many` are known to match, found in the way that suits that.
    """
    first_on = choice.since or today
    courses = Course.objects.filter(_approved("", first_on, today), _approved("provider__", first_on, today))
    if choice.text:
        courses = search.matching(courses, choice.text, many=many)
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
    return courses.select_related("provider").only(*SHOWN).order_by(*SORTS.get(choice.sort, SORTS[""]))


def _approved(prefix: str, first_on: date, last_on: date) -> Q:
    """Approved on some day from `first_on` through `last_on`."""
    ends = Q(**{f"{prefix}approved_through__isnull": True}) | Q(
        **{f"{prefix}approved_through__gte": first_on}
    )
    return Q(**{f"{prefix}approved_from__lte": last_on}) & ends
