"""What the parts of the demo share while it is loaded: the demo's day, from which every date is
counted, its policy, its bank and its staff.
"""

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
        """Return the date `offset` days from the demo's day; a negative offset is in the past."""
        return self.today + timedelta(days=offset)

    def moment(self, day: date | int, plus: timedelta = timedelta(0)) -> datetime:
        """Return 10 am on `day` (a date, or days from the demo's day) plus `plus`; the present
        moment when that is in the future.
        """
        day = self.day(day) if isinstance(day, int) else day
        there = datetime.combine(day, TEN_O_CLOCK, tzinfo=ZoneInfo(self.policy.time_zone))
        return min(there + plus, self.now)
