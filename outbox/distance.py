"""The distance between reminders that are not urgent: a trainer gets at most one early or optional
reminder in 7 days.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from core import clock
from outbox.models import LONGEST, Notice
from outbox.recipients import recipient_answers
from rules.policy.load import load_policy

SPACED = (Notice.Urgency.EARLY, Notice.Urgency.OPTIONAL)
# In dates of the policy's zone: after one on the 2nd, at any hour, the next goes on the 9th.
DISTANCE = timedelta(days=7)
A_DAY = timedelta(days=1)  # allows for a clock that ran ahead, and for the hours between two zones


class Distances:
    """When each trainer of a batch was last sent an early or optional reminder. One query for the batch."""

    def __init__(self, batch: Iterable[Notice]) -> None:
        self._spaced = [notice for notice in batch if notice.urgency in SPACED]
        self._last: dict[int, datetime] = {}
        self._elsewhere: set[int] = set()
        if self._spaced:
            self._ask(clock.now())

    def wait_until(self, notice: Notice) -> datetime | None:
        """Return the moment to which `notice` must be postponed, or None when it need not wait.

        The postponed notice keeps its time of day in the policy's zone.
        """
        last = self._last.get(notice.trainer_id)
        if last is None or notice.urgency not in SPACED:
            return None
        zone = self._zones.get(notice.trainer_id) or load_policy(settings.PORTAL_POLICY).time_zone
        free_on = clock.date_of(last, zone) + DISTANCE
        if clock.today(zone) >= free_on:
            return None
        there = ZoneInfo(zone)
        return datetime.combine(free_on, notice.send_at.astimezone(there).time(), tzinfo=there)

    def is_leased_elsewhere(self, notice: Notice) -> bool:
        """Return whether another sender has leased an early or optional reminder to the same
        trainer, and may be sending it now.
        """
        return notice.urgency in SPACED and notice.trainer_id in self._elsewhere

    def remember(self, notice: Notice) -> None:
        """Record that `notice` was sent just now, for the other notices of the batch."""
        if notice.urgency in SPACED:
            self._last[notice.trainer_id] = clock.now()

    def _ask(self, now: datetime) -> None:
        sent = Q(state=Notice.State.SENT, ended_at__gt=now - DISTANCE - A_DAY, ended_at__lt=now + A_DAY)
        leased = Q(state=Notice.State.DUE, leased_until__gt=now, leased_until__lte=now + LONGEST)
        theirs = Notice.objects.filter(sent | leased, trainer__in=self._trainers, urgency__in=SPACED)
        others = theirs.exclude(pk__in=[notice.pk for notice in self._spaced])
        for trainer, ended_at in others.order_by("ended_at").values_list("trainer", "ended_at"):
            if ended_at is None:
                self._elsewhere.add(trainer)
            else:
                self._last[trainer] = max(ended_at, self._last.get(trainer, ended_at))

    @property
    def _trainers(self) -> set[int]:
        return {notice.trainer_id for notice in self._spaced}

    @cached_property
    def _zones(self) -> Mapping[int, str]:
        """Return the zone of each trainer's policy, by the trainer's primary key."""
        return recipient_answers().zones(self._trainers)
