"""A span of whole days, both ends inclusive, and the filter that narrows a list to one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from core import clock
from core.deadlines import full_day
from rules.days import MONTHS_IN_YEAR, add_days, add_months

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices as FilterChoice

WEEK = 7
LONGEST = 366  # days: a report of a whole year is asked for, more is not
BETWEEN = ".."  # in addresses: 2026-11-23..2026-11-29


@dataclass(frozen=True)
class Span:
    """Days from `first` through `last`, both inclusive."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}{BETWEEN}{self.last}"

    @property
    def words(self) -> str:
        """Return the days in words, such as "November 23 through 29, 2026"."""
        first, last = full_day(self.first), full_day(self.last)
        if self.first == self.last:
            return first
        if self.first.year != self.last.year:
            return f"{first} through {last}"
        first = first.partition(",")[0]
        return (
            f"{first} through {self.last.day}, {self.last.year}"
            if self._one_month
            else f"{first} through {last}"
        )

    @property
    def _one_month(self) -> bool:
        return (self.first.year, self.first.month) == (self.last.year, self.last.month)

    @property
    def before(self) -> "Span":
        """Return the span with the same number of days that ends the day before this span's first day."""
        length = (self.last - self.first).days + 1
        return Span(add_days(self.first, -length), add_days(self.first, -1))

    def moments_of(self, field: str) -> dict[str, object]:
        """Return the lookups for rows whose moment `field` is within these days in the policy's
        zone.
        """
        zone = settings.TIME_ZONE
        return {
            f"{field}__gte": clock.moment_on(self.first, 0, zone),
            f"{field}__lt": clock.end_of(self.last, zone),
        }

    def days_of(self, field: str) -> dict[str, object]:
        """Return the lookups for rows whose date `field` is within these days."""
        return {f"{field}__range": (self.first, self.last)}


def parse_span(text: str) -> Span | None:
    """Return the span that a query names; None when it names none."""
    first, between, last = text.partition(BETWEEN)
    try:
        span = Span(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None
    fits = timedelta(0) <= span.last - span.first < timedelta(days=LONGEST)
    return (
        span
        if between and fits and date(1900, 1, 1) <= span.first and span.last <= date(9000, 1, 1)
        else None
    )


def last_week(today: date) -> Span:
    """Return the last whole week before `today`, Monday through Sunday."""
    monday = today - timedelta(days=today.weekday() + WEEK)
    return Span(monday, add_days(monday, WEEK - 1))


def month_of(day: date) -> Span:
    """Return the whole month that contains `day`."""
    first = day.replace(day=1)
    return Span(first, add_days(add_months(first, 1), -1))


def months_from(day: date, count: int) -> list[Span]:
    """Return `count` whole months, the first of which contains `day`."""
    return [month_of(add_months(day.replace(day=1), step)) for step in range(count)]


def months_through(day: date, count: int) -> list[Span]:
    """Return `count` whole months, the last of which contains `day`."""
    return months_from(add_months(day.replace(day=1), 1 - count), count)


def usual_spans(today: date) -> dict[str, Span]:
    """Return the spans that people often ask for, by their names."""
    return {
        "Last week": last_week(today),
        "This month": month_of(today),
        "Last month": month_of(add_days(today.replace(day=1), -1)),
        "Next month": month_of(add_months(today.replace(day=1), 1)),
        "This year": Span(date(today.year, 1, 1), date(today.year, MONTHS_IN_YEAR, 31)),
    }


class SpanFilter(admin.SimpleListFilter):
    """A filter for the rows of a span of days. A subclass names the field and the parameter."""

    field = ""
    is_moment = True
    shown = ("Last week", "This month", "Last month")

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]") -> list[tuple[str, str]]:
        spans = usual_spans(clock.today(settings.TIME_ZONE))
        return [(str(spans[name]), name) for name in self.shown]

    def choices(self, changelist: ChangeList) -> "Iterator[FilterChoice]":
        yield from super().choices(changelist)
        span = parse_span(self.value() or "")
        if span and str(span) not in [code for code, _ in self.lookup_choices]:
            link = changelist.get_query_string({str(self.parameter_name): str(span)})
            yield {"selected": True, "query_string": link, "display": span.words}

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Model]") -> "QuerySet[Model]":
        span = parse_span(self.value() or "")
        if span is None:
            return queryset
        return queryset.filter(
            **(span.moments_of(self.field) if self.is_moment else span.days_of(self.field))
        )


def span_filter(
    field: str, title: str, *, is_moment: bool = True, shown: tuple[str, ...] = ()
) -> type[SpanFilter]:
    """Return a filter of a list by `field`; its parameter has the field's name."""
    names: dict[str, object] = {
        "field": field,
        "title": title,
        "parameter_name": field,
        "is_moment": is_moment,
    }
    return type("SpanFilter", (SpanFilter,), {**names, "shown": shown or SpanFilter.shown})
