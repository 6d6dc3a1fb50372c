"""Figures by month: renewals by price, how long petitions waited, and what will expire."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import ceil
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth

from core.templatetags.words import money
from petitions.models import Decision as PetitionDecision
from renewals.models import Application
from rules.days import business_days_until
from staff.reports.figures import RELEASED, share_words
from staff.reports.filters import CONCLUDED, rows_url
from staff.reports.prices import price_labels, prices_between
from staff.reports.span import Span, months_from, months_through
from staff.trainers.cycles import renewed_cycles
from trainers.models import Credential, Cycle

MONTHS = 6
HALF, MOST = 0.5, 0.9


@dataclass(frozen=True)
class Cell:
    """A number and the URL of its rows. `label` names its column, for phones, on which a row
    becomes a block.
    """

    count: int
    url: str
    label: str = ""


@dataclass(frozen=True)
class PricedMonth:
    """The renewals approved in one month: a cell for each price, in the order of
    `Prices.labels`.
    """

    month: Span
    cells: list[Cell]
    on_time: str

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True)
class Prices:
    """Renewals by price over some months."""

    labels: list[str]
    months: list[PricedMonth]


def renewals_by_price(through: date) -> Prices:
    """Return the approved renewals of six months, the last of which contains `through`, by price."""
    months = months_through(through, MONTHS)
    rows = (
        Application.objects.filter(
            state=Application.State.APPROVED, **Span(months[0].first, months[-1].last).moments_of("ended_at")
        )
        .order_by()
        .annotate(month=TruncMonth("ended_at", tzinfo=ZoneInfo(settings.TIME_ZONE)))
        .values_list("month", "fee_total_cents")
        .annotate(count=Count("pk"), on_time=Count("pk", filter=Q(received_on__lte=F("cycle__expires_on"))))
    )
    counts: dict[tuple[date, int], int] = {}
    on_time: dict[date, int] = defaultdict(int)
    for moment, cents, count, early in rows:
        counts[moment.date(), cents or 0] = count
        on_time[moment.date()] += early
    known = price_labels()
    prices = sorted({cents for _, cents in counts} | prices_between(months[0].first, months[-1].last))

    def label_of(cents: int) -> str:
        return f"{known[cents]}, {money(cents)}" if cents in known else money(cents)

    def priced(month: Span) -> PricedMonth:
        cells = [
            Cell(
                counts.get((month.first, cents), 0),
                rows_url("renewals_application", state__exact="approved", ended_at=month, price=cents),
                label_of(cents),
            )
            for cents in prices
        ]
        return PricedMonth(month, cells, share_words(on_time[month.first], sum(cell.count for cell in cells)))

    return Prices([label_of(cents) for cents in prices], [priced(month) for month in months])


@dataclass(frozen=True)
class WaitedMonth:
    """How many business days the petitions decided in one month had waited; None for a month
    without any.
    """

    month: Span
    decided: Cell
    half: int | None
    most: int | None
    approved: str


def petition_waits(through: date) -> list[WaitedMonth]:
    """Return the waits of petitions decided in six months, the last of which contains `through`.

    A wait is counted in business days from the day of receipt to the day of the decision.
    """
    months, zone = months_through(through, MONTHS), ZoneInfo(settings.TIME_ZONE)
    rows = (
        PetitionDecision.objects.conclusions()
        .filter(**Span(months[0].first, months[-1].last).moments_of("ended_at"))
        .order_by()
        .annotate(since=TruncDate("petition__submitted_at", tzinfo=zone))
        .annotate(on=TruncDate("decided_at", tzinfo=zone), month=TruncMonth("ended_at", tzinfo=zone))
        .values_list("month", "since", "on")
        .annotate(count=Count("pk"), approved=Count("pk", filter=Q(verdict="approve")))
    )
    waits: dict[date, list[int]] = defaultdict(list)
    approved: dict[date, int] = defaultdict(int)
    for moment, since, on, count, good in rows:
        days = max(0, business_days_until(on, since)) if since else 0
        waits[moment.date()] += [days] * count
        approved[moment.date()] += good

    def waited(month: Span) -> WaitedMonth:
        found = sorted(waits[month.first])
        url = rows_url("petitions_decision", state__exact=RELEASED, ended_at=month, says=CONCLUDED)
        share = share_words(approved[month.first], len(found))
        return WaitedMonth(
            month,
            Cell(len(found), url),
            days_within_share(found, HALF),
            days_within_share(found, MOST),
            share,
        )

    return [waited(month) for month in months]


def days_within_share(found: list[int], share: float) -> int | None:
    """Return the smallest of the sorted numbers that at least the share `share` of them do not
    exceed; None without any.
    """
    return found[ceil(share * len(found)) - 1] if found else None


@dataclass(frozen=True)
class ExpiringMonth:
    """The certifications that expire in one month, and how many of them are renewed already."""

    month: Span
    expire: Cell
    renewed: Cell


def expiring_ahead(today: date) -> list[ExpiringMonth]:
    """Return the certifications that expire in each of six months, the first of which contains
    `today`.
    """
    months = months_from(today, MONTHS)
    span = Span(months[0].first, months[-1].last)
    expiring = Cycle.objects.filter(**span.days_of("expires_on"))
    erased = Q(credential__state=Credential.State.ERASED)
    counts, gone = _by_month(expiring), _by_month(expiring.filter(erased))
    renewed = _by_month(renewed_cycles(expiring.filter(~erased)))

    def in_month(month: Span) -> ExpiringMonth:
        url = rows_url("trainers_cycle", expires_on=month)
        return ExpiringMonth(
            month,
            Cell(counts[month.first] - gone[month.first], url),
            Cell(renewed[month.first], f"{url}&outcome=renewed"),
        )

    return [in_month(month) for month in months]


def _by_month(cycles: "QuerySet[Cycle]") -> dict[date, int]:
    """Return, by the first day of each month, how many cycles end in it. They are counted by day,
    which an index supports.
    """
    found: dict[date, int] = defaultdict(int)
    for day, count in cycles.order_by().values_list("expires_on").annotate(count=Count("pk")):
        found[day.replace(day=1)] += count
    return found
