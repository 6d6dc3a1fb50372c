"""What waits: a summary of each queue for the first page, with late work counted apart."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Aggregate, Count, Min, Q, Subquery

from cases.decisions import PendingDecisionQuerySet
from core import clock
from core.clock import moment_on
from core.pagination import CAP
from rules.days import promised_since
from rules.policy.load import load_policy
from trainers.models import Credential, Trainer

RELEASED_WITHIN = timedelta(minutes=5)  # after the moment it takes effect: a sweep looks every minute


@dataclass(frozen=True)
class QueueSummary:
    """Work of one kind: how much waits (at most one more than `CAP`), since when, how much is late."""

    label: str
    count: int
    url: str
    line: str
    oldest: datetime | None = None
    late: int = 0
    cases: bool = False  # its rows stand on the first page one by one

    @property
    def count_words(self) -> str:
        """Return the count in words, such as "more than 1,000" above `CAP`."""
        return f"more than {CAP:,}" if self.count > CAP else str(self.count)


QueueReader = Callable[[], Iterable[QueueSummary]]


@dataclass(frozen=True, slots=True)
class Pile:
    """One reader of queues: who may see them, and who works on them."""

    place: int
    permission: str
    read: QueueReader
    works: str
    role: str


_piles: list[Pile] = []


def queue_summary(
    place: int, permission: str, *, works: str = "", role: str = ""
) -> Callable[[QueueReader], QueueReader]:
    """Return a decorator for functions that read queues.

    The first page shows them at `place`, to whoever has `permission`: as links to those who also
    have `works`, and to the others as words under the name of the `role` that has it.
    """

    def remember(read: QueueReader) -> QueueReader:
        _piles.append(Pile(place, permission, read, works or permission, role))
        return read

    return remember


def piles_for(person: Trainer) -> list[tuple[Pile, list[QueueSummary]]]:
    """Return what `person` may see, pile by pile, in their order."""
    by_place = sorted(_piles, key=lambda one: one.place)
    return [(pile, list(pile.read())) for pile in by_place if person.has_perm(pile.permission)]


def queues_for(person: Trainer) -> list[QueueSummary]:
    """Return the summaries that `person` may see, in their order."""
    return [found for _, summaries in piles_for(person) for found in summaries]


def late_before(zone: str) -> datetime:
    """Return the moment before which a request must have come to be late today, by the policy's promise."""
    policy, today = load_policy(settings.PORTAL_POLICY), clock.today(zone)
    return moment_on(promised_since(today, policy.version_on(today).promised_answer_business_days), 0, zone)


def policy_today(credential: Credential) -> date:
    """Return today in the zone of the credential's policy, where its deadlines count."""
    return clock.today(credential.policy.time_zone)


def pending_marks(decisions: "PendingDecisionQuerySet") -> dict[str, Subquery]:
    """Return annotations for cases: when their pending decision was made, takes effect and got
    stuck; each None without one.

    `decisions` is a queryset filtered by OuterRef("pk").
    """
    pending = decisions.pending().order_by()
    return {name: Subquery(pending.values(name)[:1]) for name in ("decided_at", "effective_at", "stuck_at")}


def pending_counts() -> dict[str, Aggregate]:
    """Return the aggregates that `pending_summaries` reads, over pending decisions or over cases
    with `pending_marks`.

    A decision is late when its release failed, or when no sweep released it in time.
    """
    overdue = Q(effective_at__lt=clock.now() - RELEASED_WITHIN, stuck_at__isnull=True)
    return {
        "pending": Count("pk", filter=Q(effective_at__isnull=False)),
        "pending_since": Min("decided_at"),
        "pending_late": Count("pk", filter=overdue),
        "stuck": Count("pk", filter=Q(stuck_at__isnull=False)),
        "stuck_since": Min("stuck_at"),
    }


def pending_summaries(found: Mapping[str, Any], *, pending: str, stuck: str, url: str) -> list[QueueSummary]:
    """Return the queue of pending decisions, and the queue of those whose release failed, if there are any.

    `found` are the values of `pending_counts`; `pending` and `stuck` are the labels of the two queues.
    """
    late, stopped = found["pending_late"], found["stuck"]
    line = "They can still be taken back"
    summaries = [QueueSummary(pending, found["pending"], url, line, found["pending_since"], late)]
    if stopped:
        line = "Undo them, then decide again"
        summaries.append(QueueSummary(stuck, stopped, url, line, found["stuck_since"], stopped))
    return summaries
