"""What waits: a summary of each queue for the first page, with late work counted apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Min, Q

from cases.decisions import PendingDecisionQuerySet
from core import clock
from core.clock import moment_on
from core.pagination import CAP
from rules.days import promised_since
from rules.policy.load import load_policy
from trainers.models import Credential, Trainer


@dataclass(frozen=True)
class QueueSummary:
    """Work of one kind: how much waits (at most one more than `CAP`), since when, how much is late."""

    label: str
    count: int
    url: str
    line: str
    oldest: datetime | None = None
    late: int = 0

    @property
    def count_words(self) -> str:
        """Return the count, or that it is more than is counted."""
        return f"more than {CAP:,}" if self.count > CAP else str(self.count)


QueueReader = Callable[[], Iterable[QueueSummary]]
_readers: list[tuple[int, str, QueueReader]] = []


def queue_summary(place: int, permission: str) -> Callable[[QueueReader], QueueReader]:
    """Return a decorator for functions that read queues.

    The first page shows them at `place`, to whoever has `permission`.
    """

    def remember(read: QueueReader) -> QueueReader:
        _readers.append((place, permission, read))
        return read

    return remember


def queues_for(person: Trainer) -> list[QueueSummary]:
    """Return the summaries that `person` may see, in their order."""
    by_place = sorted(_readers, key=lambda one: one[0])
    return [found for _, permission, read in by_place if person.has_perm(permission) for found in read()]


def late_before(zone: str) -> datetime:
    """Return the moment since which waiting work is later than the policy promises."""
    policy, today = load_policy(settings.PORTAL_POLICY), clock.today(zone)
    return moment_on(promised_since(today, policy.version_on(today).promised_answer_business_days), 0, zone)


def policy_today(credential: Credential) -> date:
    """Return today in the zone of the credential's policy, where its deadlines count."""
    return clock.today(credential.policy.time_zone)


def pending_summaries(decisions: "PendingDecisionQuerySet", *, label: str, url: str) -> list[QueueSummary]:
    """Return the pending decisions of one kind, and those of them that could not take effect, which
    are late. One query.
    """
    found = decisions.pending().aggregate(
        count=Count("pk"),
        oldest=Min("decided_at"),
        stuck=Count("pk", filter=Q(stuck_at__isnull=False)),
        stuck_since=Min("stuck_at"),
    )
    address = f"{url}?state__exact=pending"
    summaries = [
        QueueSummary(label, found["count"], address, "They can still be taken back", found["oldest"])
    ]
    if found["stuck"]:
        line = "Undo them, then decide again"
        stuck = QueueSummary(
            f"{label}, not in effect", found["stuck"], address, line, found["stuck_since"], found["stuck"]
        )
        summaries.append(stuck)
    return summaries
