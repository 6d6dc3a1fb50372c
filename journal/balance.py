"""Whether the journal and the ledger agree, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate

from core import clock
from core.clock import moment_on
from journal.models import JournalEntry
from payments.models import LedgerEntry
from rules.days import add_days

LONGEST = 92  # days of one page


@dataclass
class DayBalance:
    """The totals of one day and currency in the portal's zone: by kind in the journal, all of it there
    and in the ledger, and how many rows each has.
    """

    day: date
    currency: str
    kinds: dict[str, int] = field(default_factory=dict)
    journal_rows: int = 0
    ledger_rows: int = 0
    ledger_cents: int = 0

    @property
    def journal_cents(self) -> int:
        return sum(self.kinds.values())

    @property
    def difference_cents(self) -> int:
        return self.ledger_cents - self.journal_cents

    @property
    def is_even(self) -> bool:
        return self.difference_cents == 0 and self.journal_rows == self.ledger_rows


def days_through(last: date, days: int) -> list[DayBalance]:
    """Return the balance of each of the `days` days through `last` on which money was booked, the
    latest first. Two queries.
    """
    first = add_days(last, 1 - min(days, LONGEST))
    zone = settings.TIME_ZONE
    span = {"at__gte": moment_on(first, 0, zone), "at__lt": clock.end_of(last, zone)}
    found: dict[tuple[date, str], DayBalance] = {}

    def balance_on(day: date, currency: str) -> DayBalance:
        return found.setdefault((day, currency), DayBalance(day, currency))

    for day, currency, kind, rows, cents in _totals(
        JournalEntry.objects.filter(ledger__isnull=False, **span)
    ):
        one = balance_on(day, currency)
        one.kinds[kind] = one.kinds.get(kind, 0) + cents
        one.journal_rows += rows
    for day, currency, _kind, rows, cents in _totals(LedgerEntry.objects.filter(**span)):
        one = balance_on(day, currency)
        one.ledger_cents += cents
        one.ledger_rows += rows
    return [found[key] for key in sorted(found, reverse=True)]


def _totals(
    rows: "QuerySet[JournalEntry] | QuerySet[LedgerEntry]",
) -> Iterator[tuple[date, str, str, int, int]]:
    day = TruncDate("at", tzinfo=ZoneInfo(settings.TIME_ZONE))
    grouped = rows.order_by().annotate(day=day).values_list("day", "currency", "kind")
    yield from grouped.annotate(rows=Count("pk"), cents=Sum("amount_cents"))


def unlike_the_ledger() -> Iterator[str]:
    """Yield the journal's rows of money that differ from the ledger."""
    money = JournalEntry.objects.filter(ledger__isnull=False)
    other = money.exclude(
        amount_cents=F("ledger__amount_cents"), currency=F("ledger__currency"), kind=F("ledger__kind")
    )
    for number in other.order_by("number").values_list("number", flat=True).iterator():
        yield f"row {number} of the journal says otherwise than the ledger"
