"""Draw periods for tests: open through all the years in which tests happen, and the rate says who is chosen."""

from datetime import UTC, date, datetime

from audits.models import DrawPeriod
from audits.sealing import seal
from rules.draw import commitment_of

SECRET = "5e" * 32
CODE = "tests"


def open_periods(rate: str = "0") -> DrawPeriod:
    """One long period instead of the schedule's, already there → unchanged."""
    long_ago = datetime(2019, 1, 1, tzinfo=UTC)
    made = {
        "first_on": date(2019, 1, 1),
        "last_on": date(2199, 12, 31),
        "rate": rate,
        "commitment": commitment_of(CODE, SECRET),
        "sealed_secret": SEALED,
        "announced_at": long_ago,
        "opened_at": long_ago,
        "public_value": "",
    }
    period, _ = DrawPeriod.objects.get_or_create(policy_code="nasm-cpt", code=CODE, defaults=made)
    return period


SEALED = seal(SECRET)
