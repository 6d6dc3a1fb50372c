"""What waits, for Today: each room declares its queues, and one query counts them all, with late
work counted separately.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from core import clock
from core.clock import moment_on
from core.deadlines import full_day
from rules.days import promised_since
from rules.policy.load import load_policy
from staff.counting import CAP, Tally, read_at_once, read_tally
from trainers.models import Credential, Trainer

RELEASED_WITHIN = timedelta(minutes=5)  # after the moment it takes effect: a sweep looks every minute


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue, as a room declares it.

    `rows` are the rows that wait. `since` names the column with the moment at which a row began to
    wait; `through` the column with its last day to act, of which Today names the earliest. `late`
    is the condition for late rows, True for all.
    """

    label: str
    rows: "QuerySet[Model]"
    url: str
    line: str
    since: str = ""
    through: str = ""
    late: Q | bool = False
    cases: bool = False  # whether Today also lists its rows one by one
    if_any: bool = False  # shown only while something waits


@dataclass(frozen=True)
class QueueSummary:
    """A queue with its counts: how many rows wait (at most one more than `CAP`), since when the
    oldest waits, and how many are late.
    """

    label: str
    count: int
    url: str
    line: str
    oldest: datetime | None = None
    late: int = 0
    cases: bool = False

    @property
    def count_words(self) -> str:
        """Return the count in words, such as "more than 999" above `CAP`."""
        return f"more than {CAP}" if self.count > CAP else str(self.count)


QueueReader = Callable[[], Iterable[Queue]]


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """A group of queues that Today shows together, who may see them, and who works on them."""

    place: int
    permission: str
    declare: QueueReader
    works: str
    role: str


_queue_groups: list[QueueGroup] = []


def register_queues(
    place: int, permission: str, *, works: str = "", role: str = ""
) -> Callable[[QueueReader], QueueReader]:
    """Return a decorator for functions that declare queues of work. Such a function must make no
    query.

    The page Today lists their queues at position `place` for staff with `permission`. Staff who
    also have `works` (by default `permission`) get links; the others get text, with the name of the
    `role` that does the work.
    """

    def remember(declare: QueueReader) -> QueueReader:
        _queue_groups.append(QueueGroup(place, permission, declare, works or permission, role))
        return declare

    return remember


def queue_groups_for(person: Trainer) -> list[tuple[QueueGroup, list[QueueSummary]]]:
    """Return the queues that `person` may see, with their counts, by group and in order. One
    query.
    """
    by_place = sorted(_queue_groups, key=lambda one: one.place)
    declared = [(group, list(group.declare())) for group in by_place if person.has_perm(group.permission)]
    counted = iter(_count_queues(person, [queue for _, queues in declared for queue in queues]))
    groups = [(group, [(queue, next(counted)) for queue in queues]) for group, queues in declared]
    return [
        (group, [summary for queue, summary in queues if summary.count or not queue.if_any])
        for group, queues in groups
    ]


def queues_for(person: Trainer) -> list[QueueSummary]:
    """Return the summaries that `person` may see, in their order. One query."""
    return [found for _, summaries in queue_groups_for(person) for found in summaries]


def every_queue() -> list[QueueSummary]:
    """Return the summaries of all queues, whoever may see them; none while there is no account. Two
    queries: one for any account, because the counts are annotations of a row, and one for the
    counts.
    """
    anybody = Trainer.objects.order_by("pk").first()
    declared = [queue for group in _queue_groups for queue in group.declare()]
    return _count_queues(anybody, declared) if anybody else []


def _count_queues(person: Trainer, queues: list[Queue]) -> list[QueueSummary]:
    tallies = {
        f"queue_{number}": Tally(one.rows, since=one.since, through=one.through, late=one.late)
        for number, one in enumerate(queues)
    }
    found = read_at_once(person, tallies)
    return [_summary(one, found[name]) for one, name in zip(queues, tallies, strict=True)]


def _summary(queue: Queue, found: list[object]) -> QueueSummary:
    count, late, oldest, through = read_tally(found)
    line = f"The first by the end of {full_day(through)}" if through else queue.line
    return QueueSummary(queue.label, count, queue.url, line, oldest, late, queue.cases)


def late_before(zone: str) -> datetime:
    """Return the moment such that requests made before it are late today, by the days in which the
    policy promises an answer.
    """
    policy, today = load_policy(settings.PORTAL_POLICY), clock.today(zone)
    return moment_on(promised_since(today, policy.version_on(today).promised_answer_business_days), 0, zone)


def policy_today(credential: Credential) -> date:
    """Return today's date in the zone of the credential's policy, by which its deadlines count."""
    return clock.today(credential.policy.time_zone)


def pending_queues(decisions: "QuerySet[Model]", *, pending: str, stuck: str, url: str) -> list[Queue]:
    """Return the queue of decisions that wait to take effect and, if there are any, the queue of those
    that could not.

    `decisions` are the pending ones of one kind; `pending` and `stuck` are the labels of the two
    queues. In the first queue a decision is late when no sweep released it in time; in the second
    each is.
    """
    overdue = Q(effective_at__lt=clock.now() - RELEASED_WITHIN, stuck_at__isnull=True)
    stopped = decisions.filter(stuck_at__isnull=False)
    line = "They can still be taken back"
    again = "Undo them, then decide again"
    return [
        Queue(pending, decisions, url, line, "decided_at", late=overdue),
        Queue(stuck, stopped, url, again, "stuck_at", late=True, if_any=True),
    ]
