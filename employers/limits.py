"""How many numbers an employer may check in a day."""

from datetime import datetime

from django.conf import settings

from core.errors import Refusal
from core.limits import count_in_period
from employers.models import Employer

ONE_DAY = 24 * 60 * 60


def count_checks(employer: Employer, count: int, *, at: datetime) -> None:
    """Add `count` to the numbers that the employer has checked in this day (UTC), typed, pasted or by
    its programs. Raises Refusal (code "limit") when that is more than one day allows; then nothing
    is added.
    """
    name, most = f"employer-checks:{employer.pk}", settings.EMPLOYER_CHECKS_PER_DAY
    used = count_in_period(name, seconds=ONE_DAY, at=at, weight=count)
    if used > most:
        left = max(0, most - count_in_period(name, seconds=ONE_DAY, at=at, weight=-count))
        sentence = f"You can check {most:,} numbers a day, and {left:,} are left today. Nothing was checked."
        raise Refusal(sentence, code="limit", field="people")
