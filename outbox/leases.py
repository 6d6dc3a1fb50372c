"""Leases on rows that are due, such as notices: claimed and committed before anything is sent, so
that a crash loses nothing.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import BigIntegerField, DateTimeField, F

from core import clock
from core.faults import faultpoint
from core.prepared import PreparedUpdate
from outbox.models import LEASE, LONGEST, LeasedQuerySet, LeasedRow

ATTEMPTS = 5
A_MOMENT = 0.1  # seconds
DIED = "The sender stopped each time while it held this message."
Row = TypeVar("Row", bound=LeasedRow)


@cache
def _write_of(model: type[LeasedRow], changed: tuple[str, ...]) -> PreparedUpdate:
    rows: Any = model._default_manager
    return PreparedUpdate(
        lambda pk, until: rows.unsent().filter(pk=pk, leased_until=until),
        changed,
        pk=BigIntegerField(),
        until=DateTimeField(),
    )


@dataclass
class Lease(Generic[Row]):
    """The rows that this sender has leased through `until`, and the queryset `of` which they are. A
    row whose `leased_until` equals `until` is leased by this sender.
    """

    leased: list[Row]
    until: datetime
    of: LeasedQuerySet[Row]
    asked_at: float = field(default_factory=time.monotonic)
    died: int = 0  # 1 when a sender died during its lease, which counts as an attempt and adds no pause

    def is_alive(self) -> bool:
        """Return whether this lease has not ended yet. After the clock was set far back the lease
        counts as lost, because other senders may have taken over.
        """
        return clock.now() < self.until <= clock.now() + LONGEST

    def keep_lease(self, row: Row) -> bool:
        """Return whether this sender may still send `row`: after a freeze others may have taken
        over. Extends the lease once half of its time is over.

        Asks the database only when its last answer is more than a moment old; the successful update
        of a leased row counts as an answer.
        """
        if not self.is_alive():
            return False
        if self.until - clock.now() < LEASE / 2:
            until = clock.now() + LEASE
            self.rows().update(leased_until=until)
            faultpoint("sender.extended")
            self.until = until
        elif time.monotonic() - self.asked_at < A_MOMENT:
            return True
        self.asked_at = time.monotonic()
        return self.row(row).exists()

    def rows(self) -> LeasedQuerySet[Row]:
        """Return the leased rows that have not ended, as a queryset to update."""
        pks = [row.pk for row in self.leased]
        return self.of.unsent().filter(pk__in=pks, leased_until=self.until)

    def row(self, row: Row) -> LeasedQuerySet[Row]:
        """Return one leased row as a queryset; empty when the lease is lost."""
        return self.of.unsent().filter(pk=row.pk, leased_until=self.until)

    def write(self, row: Row, **changes: Any) -> int:
        """Change one leased row; return 0 when the lease is lost.

        Each row has its own statement, because what has left and is not written down leaves again
        when its sender dies.
        """
        statement = _write_of(type(row), tuple(sorted(changes)))
        return statement.run(changes, pk=row.pk, until=self.until)

    def release(self) -> int:
        """Release the rows that have not ended; return how many."""
        return self.rows().update(leased_until=None)


def lease_rows(rows: LeasedQuerySet[Row], limit: int) -> Lease[Row]:
    """Lease up to `limit` due rows of a queryset, which loads what a sender needs with them; those
    whose sending failed before come last.

    A row whose sender died during its lease is leased alone and counts an attempt, so that a row
    that kills its sender affects no others.
    """
    now = clock.now()
    until = now + LEASE
    # Asked every few seconds, so it must not take the write lock of SQLite for nothing.
    if not rows.due(now).exists():
        return Lease([], until, rows)
    with transaction.atomic(durable=True):
        due = rows.due(now).select_for_update(skip_locked=True)
        found = list(due.values_list("pk", "leased_until")[:limit])
        orphans = [pk for pk, lease in found if lease is not None]
        if not found:
            return Lease([], until, rows)
        pks = orphans[:1] or [pk for pk, _ in found]
        died = 1 if orphans else 0
        faultpoint("sender.claiming")
        rows.filter(pk__in=pks).update(leased_until=until, attempts=F("attempts") + died)
        faultpoint("sender.holding")
    return Lease(_load(rows, pks), until, rows, died=died)


def _load(rows: LeasedQuerySet[Row], pks: Iterable[int]) -> list[Row]:
    loaded = rows.filter(pk__in=list(pks))
    return sorted(loaded, key=lambda row: (row.retry_at is not None, row.send_at, row.pk))
