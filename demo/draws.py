"""The audit draws of the demo: past periods whose secrets select exactly the people who are audited
in its story.

Without a public value the person who makes the secret can choose the result like this, as the page
about the draw says.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from audits import services
from audits.models import Draw, DrawPeriod
from demo.person import Person
from demo.stage import Stage
from rules.draw import SECRET_BYTES, DrawDates, draw_dates, draw_number, is_selected, next_draw_dates, seed_of
from trainers.models import Cycle

LONGEST_STORY = timedelta(days=60)


def run_past_draws(stage: Stage, people: Iterable[Person], renewed_days_before: int) -> None:
    """Announce and open every past period since the first renewal of the demo. Each has a secret
    that selects the people audited in it and nobody else who was drawn in it.

    `renewed_days_before` is how many days before its end a past cycle was renewed.
    """
    drawn = {}
    for person, cycle in _cycles(people):
        if person.renewed_before:
            drawn[cycle.draw_id] = cycle.expires_on - timedelta(days=renewed_days_before)
        elif person.story:
            drawn[cycle.draw_id] = stage.today - LONGEST_STORY
    for dates in _periods(stage, min(drawn.values(), default=stage.today)):
        if dates.last_on < stage.today:
            spared = {
                one
                for one, day in drawn.items()
                if day <= dates.last_on and dates.first_on <= day + LONGEST_STORY
            }
            wanted = _wanted(stage, people, dates)
            _run(stage, dates, _fitting_secret(stage, dates, wanted, spared - wanted))


def run_draw_of_today(stage: Stage, people: Iterable[Person]) -> None:
    """Open today's period with a secret that selects, of `people`, exactly those who are
    audited.
    """
    dates = draw_dates(stage.today, stage.policy.version_on(stage.today).draw_period)
    wanted = _wanted(stage, people, dates)
    named = {cycle.draw_id for _, cycle in _cycles(people)}
    _run(stage, dates, _fitting_secret(stage, dates, wanted, named - wanted))


def reveal_draws(stage: Stage) -> None:
    """Close each ended period on the day after its last day, and announce the next period."""
    for period in DrawPeriod.objects.filter(last_on__lt=stage.today):
        services.close_period(period, at=stage.moment(period.last_on + timedelta(days=1)))
    services.keep_periods(stage.policy, at=stage.now)
    stage.say(f"Draws: {Draw.objects.count()}")


def _cycles(people: Iterable[Person]) -> Iterator[tuple[Person, Cycle]]:
    """Yield each person with their newest cycle."""
    newest = {
        cycle.credential.number: cycle
        for cycle in Cycle.objects.select_related("credential").order_by("starts_on")
    }
    return ((person, newest[person.number]) for person in people)


def _wanted(stage: Stage, people: Iterable[Person], dates: DrawDates) -> set[str]:
    return {
        cycle.draw_id
        for person, cycle in _cycles(people)
        if person.audited is not None and dates.first_on <= stage.day(person.audited) <= dates.last_on
    }


def _periods(stage: Stage, first: date) -> Iterator[DrawDates]:
    kind = stage.policy.version_on(stage.today).draw_period
    dates = draw_dates(first, kind)
    while dates.first_on <= stage.today:
        yield dates
        dates = next_draw_dates(dates, kind)


def _fitting_secret(stage: Stage, dates: DrawDates, wanted: set[str], spared: set[str]) -> str:
    rate = stage.policy.version_on(dates.first_on).audit_rate
    certain = Decimal(rate) in (0, 1)  # nobody, or everybody, whatever the secret
    while True:
        secret = secrets.token_hex(SECRET_BYTES)
        seed = seed_of(secret, "")
        if (
            certain
            or all(is_selected(draw_number(seed, one), rate) for one in wanted)
            and not any(is_selected(draw_number(seed, one), rate) for one in spared)
        ):
            return secret


def _run(stage: Stage, dates: DrawDates, secret: str) -> None:
    at = stage.moment(dates.first_on)
    period = services.announce_period(stage.policy, dates=dates, by=None, at=at, secret=secret)
    services.open_period(period, by=None, at=at)
