"""What waits on the first page: a summary of each queue, late work counted apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from core import clock
from core.deadlines import moment_on
from rules.policy.load import load_policy
from rules.promise import promised_since


@dataclass(frozen=True)
class QueueSummary:
    """Work of one kind that lies on the desk: how much (at most one more than the cap), since when, and how much of it is late."""

    label: str
    count: int
    url: str
    line: str
    oldest: datetime | None = None
    late: int = 0


def late_before(zone: str) -> datetime:
    """What has waited since before this moment is later than the policy promises."""
    policy, today = load_policy(settings.PORTAL_POLICY), clock.today(zone)
    return moment_on(promised_since(today, policy.version_on(today).promised_answer_business_days), 0, zone)


QueueReader = Callable[[], Iterable[QueueSummary]]
