"""The day of the demo: every date in it is counted from there, in the policy's zone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from demo.bank import Bank
from rules.policy.model import Policy
from trainers.models import Trainer

PASSWORD = "practice-makes-progress"  # noqa: S105 - everybody's, and printed: the demo refuses to load in production
TEN_O_CLOCK = time(10, 0)


@dataclass
class Stage:
    now: datetime
    today: date
    policy: Policy
    bank: Bank
    say: Callable[[str], object]
    password_hash: str = field(
        default_factory=lambda: make_password(PASSWORD)
    )  # once: it takes 0.1 s by design
    staff: dict[str, Trainer] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        """Return the date `offset` days from today; negative ones are past."""
        return self.today + timedelta(days=offset)

    def moment(self, day: date | int, plus: timedelta = timedelta(0)) -> datetime:
        """Return ten in the morning of `day` (a date, or days from today) and `plus`, but never a
        future moment.
        """
        day = self.day(day) if isinstance(day, int) else day
        there = datetime.combine(day, TEN_O_CLOCK, tzinfo=ZoneInfo(self.policy.time_zone))
        return min(there + plus, self.now)
