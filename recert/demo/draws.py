"""The draws of the demo: periods as they were, with secrets that choose just those whose story is an audit.

Without a public value whoever makes the secrets can do this, as the page about the draw says.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from audits import services
from audits.models import Draw, DrawPeriod
from recert.demo.people import Person
from recert.demo.stage import Stage
from recert.rules.audit import (
    SECRET_BYTES,
    DrawDates,
    draw_dates,
    draw_number,
    is_selected,
    next_draw_dates,
    seed_of,
)
from trainers.models import Cycle

LONGEST_STORY = timedelta(days=60)


def hold_draws(stage: Stage, people: Iterable[Person], renewed_days_before: int) -> None:
    """Open every period in which somebody of the demo is drawn."""
    cycles = {one.credential.number: one for one in Cycle.objects.select_related("credential")}
    drawn = [
        (cycles[one.number], *_when(stage, one, cycles[one.number], renewed_days_before)) for one in people
    ]
    first = min((day for _, day, _ in drawn if day), default=stage.today)
    for dates in _periods(stage, first - LONGEST_STORY):
        wanted, spared = set(), set()
        for cycle, day, chosen in drawn:
            if day and chosen and dates.first_on <= day <= dates.last_on:
                wanted.add(cycle.draw_id)
            elif day and dates.first_on <= day + LONGEST_STORY and day <= dates.last_on + LONGEST_STORY:
                spared.add(cycle.draw_id)
        _hold(stage, dates, _fitting_secret(stage, dates, wanted, spared - wanted))


def reveal_draws(stage: Stage) -> None:
    """Close each on the day after its last, once everybody's story is told, and announce the next."""
    for period in DrawPeriod.objects.filter(last_on__lt=stage.today):
        services.close_period(period, at=stage.moment(period.last_on + timedelta(days=1)))
    services.keep_periods(stage.policy, at=stage.now)
    stage.say(f"Draws: {Draw.objects.count()}")


def _when(stage: Stage, person: Person, cycle: Cycle, renewed_days_before: int) -> tuple[date | None, bool]:
    """The day, or about the day, on which the cycle that the roster brought is drawn, and whether it is chosen."""
    if person.renewed_before:
        return cycle.expires_on - timedelta(days=renewed_days_before), False
    if person.audited is not None:
        return stage.day(person.audited), True
    return (stage.today, False) if person.story else (None, False)


def _periods(stage: Stage, first: date) -> Iterator[DrawDates]:
    kind = stage.policy.version_on(stage.today).draw_period
    dates = draw_dates(first, kind)
    while dates.first_on <= stage.today:
        yield dates
        dates = next_draw_dates(dates, kind)


def _fitting_secret(stage: Stage, dates: DrawDates, wanted: set[str], spared: set[str]) -> str:
    rate = stage.policy.version_on(dates.first_on).audit_rate
    while True:
        secret = secrets.token_hex(SECRET_BYTES)
        seed = seed_of(secret, "")
        if all(is_selected(draw_number(seed, one), rate) for one in wanted) and not any(
            is_selected(draw_number(seed, one), rate) for one in spared
        ):
            return secret


def _hold(stage: Stage, dates: DrawDates, secret: str) -> None:
    at = stage.moment(dates.first_on)
    period = services.announce_period(stage.policy, dates, by=None, at=at, secret=secret)
    services.open_period(period, by=None, at=at)
