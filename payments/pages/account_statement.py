"""The account statement: every row of the ledger with the balance after it, also as tables for
spreadsheets.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from core import clock
from core.spreadsheet import text_cell
from payments.models import LedgerEntry
from rules.days import add_months
from rules.units import format_cents
from trainers.models import Trainer

OWN_COLUMNS = ("Date and time", "What", "For", "Amount", "Balance", "Currency", "Reason", "Reference")
ALL_COLUMNS = (
    *("Date and time", "What", "Person", "Email", "Charge", "For", "Amount", "Currency"),
    *("Reason", "By", "Reference"),
)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row of the ledger. `balance_cents` is what the trainer owes after it, in the row's
    currency; below zero we owe it to the trainer.
    """

    entry: LedgerEntry
    balance_cents: int


def account_statement(trainer: Trainer) -> list[StatementRow]:
    """Return every ledger row of the trainer with its balance, oldest first. One query."""
    balances: dict[str, int] = defaultdict(int)
    rows = []
    for entry in LedgerEntry.objects.filter(trainer=trainer).select_related("charge").order_by("at", "pk"):
        balances[entry.currency] += entry.amount_cents
        rows.append(StatementRow(entry, balances[entry.currency]))
    return rows


def own_table(rows: Iterable[StatementRow], time_zone: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the trainer's account statement as safe cells for a spreadsheet."""
    for row in rows:
        entry = row.entry
        yield (
            _local(entry.at, time_zone),
            entry.get_kind_display(),
            text_cell(entry.charge.description),
            format_cents(entry.amount_cents),
            format_cents(row.balance_cents),
            entry.currency,
            text_cell(entry.reason),
            text_cell(entry.reference),
        )


def rows_of_month(first: date, time_zone: str) -> "QuerySet[LedgerEntry]":
    """Return the ledger rows of all trainers in the month that begins on `first`, in `time_zone`,
    oldest first.
    """
    zone = ZoneInfo(time_zone)
    begins, ends = (datetime.combine(day, time.min, tzinfo=zone) for day in (first, add_months(first, 1)))
    rows = LedgerEntry.objects.filter(at__gte=begins, at__lt=ends).order_by("at", "pk")
    return rows.select_related("trainer", "charge", "by")


def table_of_all(entries: Iterable[LedgerEntry], time_zone: str) -> Iterator[tuple[str, ...]]:
    """Yield ledger rows of all trainers, for a spreadsheet that staff download. No cell is read as
    a formula.
    """
    for entry in entries:
        yield (
            _local(entry.at, time_zone),
            entry.get_kind_display(),
            text_cell(entry.trainer.name),
            text_cell(entry.trainer.email),
            str(entry.charge_id),
            text_cell(entry.charge.description),
            format_cents(entry.amount_cents),
            entry.currency,
            text_cell(entry.reason),
            text_cell(entry.by.name if entry.by else ""),
            text_cell(entry.reference),
        )


def months_until(today: date, time_zone: str) -> list[date]:
    """Return the first day of every month from that of the first ledger row to the month of
    `today`, newest first.
    """
    first = LedgerEntry.objects.order_by("at", "pk").values_list("at", flat=True).first()
    months, month = [], today.replace(day=1)
    while first and month >= clock.date_of(first, time_zone).replace(day=1):
        months.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return months


def _local(moment: datetime, time_zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(time_zone)):%Y-%m-%d %H:%M}"
