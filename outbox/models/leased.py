"""What rows have in common that a sender leases before it sends them: notices and webhooks."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

# How long a lease lasts without being extended; then another sender may take the row.
LEASE = timedelta(seconds=90)
# The clocks of two senders, perhaps on two machines, differ by less than this.
APART = timedelta(seconds=60)
LONGEST = LEASE + APART
DUE = "due"  # the state of a row that is to be sent

Row = TypeVar("Row", bound="LeasedRow")


class LeasedQuerySet(models.QuerySet[Row]):
    def unsent(self) -> Self:
        return self.filter(state=DUE)

    def unleased(self, moment: datetime) -> Self:
        """Return rows that no living sender has leased.

        A lease longer than any that is granted was made by a clock that ran ahead.
        """
        dead = Q(leased_until__lte=moment) | Q(leased_until__gt=moment + LONGEST)
        return self.filter(Q(leased_until__isnull=True) | dead)

    def due(self, moment: datetime) -> Self:
        """Return rows to send at `moment` that no living sender has leased, the oldest first."""
        waiting = Q(retry_at__isnull=True) | Q(retry_at__lte=moment)
        return self.unsent().filter(waiting, send_at__lte=moment).unleased(moment).order_by("send_at", "pk")


class LeasedRow(models.Model):
    """A row that is sent: when, who has leased it, and how often it was tried."""

    send_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, help_text="The end of the sender's lease.")
    retry_at = models.DateTimeField(
        null=True, help_text="Not before then, after an answer that asked us to wait."
    )
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
