"""The records that a change of the catalogue affects, found before anybody saves it (Q32)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ceus.models import CeuRecord, Course, Provider, ceus_changes_of
from rules.listing import CeusChange, Days, days_changed, days_outside, shared_days
from trainers.models import Cycle


class RecordWorth(NamedTuple):
    """What decides how much a record counts: its CEUs, and whether its course was approved on the
    day.
    """

    hundredths: int
    approved: bool


@dataclass(frozen=True)
class ListingChange:
    """A change of approved days, or of a course's CEUs from `ceus_from` on, that is not saved yet.

    `row` still has the stored values. `provider` is the one that a course moves to.
    """

    row: Course | Provider
    approved: Days
    provider: Provider | None = None
    ceus_from: date | None = None
    hundredths: int | None = None

    @cached_property
    def ceus_so_far(self) -> Sequence[CeusChange]:
        return ceus_changes_of(self.row) if isinstance(self.row, Course) else ()

    @cached_property
    def lost(self) -> tuple[Days, ...]:
        """Return the days that are approved now and would no longer be."""
        return days_outside(*self._approved_days)

    @cached_property
    def gained(self) -> tuple[Days, ...]:
        """Return the days that are not approved now and that the change would approve."""
        return days_outside(*reversed(self._approved_days))

    @cached_property
    def revalued(self) -> tuple[Days, ...]:
        """Return the days on which the course would give other CEUs than before."""
        if not isinstance(self.row, Course) or self.ceus_from is None or self.hundredths is None:
            return ()
        return days_changed(
            self.ceus_so_far,
            otherwise=self.row.hundredths,
            starts_on=self.ceus_from,
            hundredths=self.hundredths,
        )

    @property
    def is_real(self) -> bool:
        """Return whether anything would change."""
        return bool(self.lost or self.gained or self.revalued) or self.approved != self.row.approved_days

    def reaches_back(self, today: date) -> bool:
        """Return whether anything would change for a day before `today`."""
        return any(days.first < today for days in (*self.lost, *self.gained, *self.revalued))

    def meaning_for(self, record: CeuRecord) -> RecordWorth:
        """Return the CEUs and the approval that `record` would have if it followed this change."""
        day, approved = record.completed_on, record.approved
        if any(day in days for days in self.lost):
            approved = False
        elif any(day in days for days in self.gained):
            approved = True
        revalued = any(day in days for days in self.revalued)
        return RecordWorth(self.hundredths if revalued and self.hundredths else record.hundredths, approved)

    @property
    def _approved_days(self) -> tuple[Days | None, Days | None]:
        """Return the approved days before and after the change; for a course these are the days on
        which its provider is approved as well.
        """
        before: Days | None = self.row.approved_days
        after: Days | None = self.approved
        if isinstance(self.row, Course):
            before = shared_days(before, self.row.provider.approved_days)
            after = shared_days(after, (self.provider or self.row.provider).approved_days)
        return before, after


def touched_records(change: ListingChange) -> "QuerySet[CeuRecord]":
    """Return the records that would count differently if they followed the change.

    Records that a petition granted are left out, and those of approved renewals: somebody has
    decided about them.
    """
    own = {"course": change.row} if isinstance(change.row, Course) else {"course__provider": change.row}
    listed = Q()
    if isinstance(change.row, Provider):
        through = Q(course__approved_through=None) | Q(course__approved_through__gte=F("completed_on"))
        listed = through & Q(course__approved_from__lte=F("completed_on"))
    found = _on(change.lost) & Q(approved=True) & listed
    found |= _on(change.gained) & Q(approved=False) & listed
    found |= _on(change.revalued) & ~Q(hundredths=change.hundredths)
    records = CeuRecord.objects.counting().filter(found, granted=False, **own)
    return records.exclude(_of_ended_cycle()).order_by("credential__trainer__name", "credential_id", "pk")


def mark_of(change: ListingChange, touched: Iterable[CeuRecord]) -> str:
    """Return a short hash of the affected records and of what changes for each; "" when there are
    none.

    The confirmation posts it back, so that a change in between is noticed.
    """
    lines = sorted((record.pk, *_now(record), *change.meaning_for(record)) for record in touched)
    return sha256(repr(lines).encode()).hexdigest()[:16] if lines else ""


def _now(record: CeuRecord) -> RecordWorth:
    return RecordWorth(record.hundredths, record.approved)


def _on(stretches: Iterable[Days]) -> Q:
    """Return the condition of completion in one of `stretches`."""
    found = Q(pk__in=[])
    for days in stretches:
        until = Q(completed_on__lte=days.last) if days.last else Q()
        found |= Q(completed_on__gte=days.first) & until
    return found


def _of_ended_cycle() -> Exists:
    """Return the condition of a record that an approved renewal has used: its cycle has a next one."""
    later = Cycle.objects.filter(
        credential=OuterRef("credential"), starts_on__gt=OuterRef("claimed_for__starts_on")
    )
    return Exists(later)
