"""Checks of the journal for `verify_invariants`."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Max

from core import clock
from core.invariants import Check
from journal.balance import unlike_the_ledger
from journal.models import JournalBook, JournalEntry, unwritten_money, unwritten_steps

LATE = timedelta(hours=7)  # the sweep that looks at everything runs every six hours


def _missing_rows() -> Iterator[str]:
    """Yield the rows that the journal lacks although its sweep has run since. While the journal is
    empty, its first sweep has not run.
    """
    if not JournalEntry.objects.exists():
        return
    before = clock.now() - LATE
    for pk in unwritten_money().filter(at__lt=before).values_list("pk", flat=True).iterator():
        yield f"row {pk} of the ledger is not in the journal"
    for pk in unwritten_steps().filter(at__lt=before).values_list("pk", flat=True).iterator():
        yield f"step {pk} of a renewal is not in the journal"


def _gaps() -> Iterator[str]:
    found = JournalEntry.objects.order_by().aggregate(rows=Count("pk"), last=Max("number"))
    book = JournalBook.objects.values_list("last_number", flat=True).first() or 0
    last = found["last"] or 0
    if not found["rows"] == last == book:
        yield f"the journal has {found['rows']} rows, the last is {last}, and its book says {book}"


CHECKS = [
    Check(5, "The journal has every row of the ledger and every step of a renewal", _missing_rows),
    Check(5, "The journal says what the ledger says", unlike_the_ledger),
    Check(5, "The numbers of the journal have no gap", _gaps),
]
