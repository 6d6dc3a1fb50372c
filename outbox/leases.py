"""Leases on due notices: claimed and committed before anything is sent, so that a crash loses
nothing.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from core import clock
from core.faults import faultpoint
from outbox.models import LEASE, LONGEST, Notice, NoticeQuerySet

ATTEMPTS = 5
A_MOMENT = 0.1  # seconds
DIED = "The sender stopped each time while it held this message."


@dataclass
class Lease:
    """The notices that this sender has leased through `until`. A row whose `leased_until` equals
    `until` is leased by this sender.
    """

    notices: list[Notice]
    until: datetime
    asked_at: float = field(default_factory=time.monotonic)
    died: int = 0  # 1 when a sender died during its lease, which counts as an attempt and adds no pause

    def is_alive(self) -> bool:
        """Return whether this lease has not ended yet. After the clock was set far back the lease
        counts as lost, because other senders may have taken over.
        """
        return clock.now() < self.until <= clock.now() + LONGEST

    def keep_lease(self, notice: Notice) -> bool:
        """Return whether this sender may still send `notice`: after a freeze others may have taken
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
        return self.row(notice).exists()

    def rows(self) -> NoticeQuerySet:
        """Return the leased notices that have not ended, as a queryset to update."""
        pks = [notice.pk for notice in self.notices]
        return Notice.objects.unsent().filter(pk__in=pks, leased_until=self.until)

    def row(self, notice: Notice) -> NoticeQuerySet:
        """Return one leased notice as a queryset to update; empty when the lease is lost."""
        return Notice.objects.unsent().filter(pk=notice.pk, leased_until=self.until)

    def release(self) -> int:
        """Release the notices that have not ended; return how many."""
        return self.rows().update(leased_until=None)


def lease_notices(limit: int) -> Lease:
    """Lease up to `limit` due notices; those whose sending failed before come last.

    A notice whose sender died during its lease is leased alone and counts an attempt, so that a
    notice that kills its sender affects no others.
    """
    now = clock.now()
    until = now + LEASE
    # Asked every few seconds, so it must not take the write lock of SQLite for nothing.
    if not Notice.objects.due(now).exists():
        return Lease([], until)
    with transaction.atomic(durable=True):
        due = Notice.objects.due(now).select_for_update(skip_locked=True)
        found = list(due.values_list("pk", "leased_until")[:limit])
        orphans = [pk for pk, lease in found if lease is not None]
        if not found:
            return Lease([], until)
        pks = orphans[:1] or [pk for pk, _ in found]
        died = 1 if orphans else 0
        faultpoint("sender.claiming")
        Notice.objects.filter(pk__in=pks).update(leased_until=until, attempts=F("attempts") + died)
        faultpoint("sender.holding")
    return Lease(_load(pks), until, died=died)


def _load(pks: Iterable[int]) -> list[Notice]:
    notices = Notice.objects.filter(pk__in=list(pks)).select_related("trainer")
    return sorted(notices, key=lambda notice: (notice.retry_at is not None, notice.send_at, notice.pk))
