"""The demo's trainers, imported from rosters as a registrar would: each roster on the day its
cycles began.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count, groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.fitting import fitting_days
from demo.person import Person
from demo.stage import Stage
from rules.cycle import cycle_number, nth_cycle
from rules.days import CyclePeriod, add_months
from trainers.roster import import_roster
from trainers.roster.reading import COLUMNS

LEAP_DAYS = [date(year, 2, 29) for year in range(2096, 1999, -4)]


def bring_in(stage: Stage, people: Iterable[Person]) -> None:
    """Import everybody; each roster holds the trainers whose cycle begins on the same day."""
    rows = sorted((_row(stage, person) for person in people), key=lambda row: row[0])
    with TemporaryDirectory() as folder:
        for starts_on, group in groupby(rows, key=lambda row: row[0]):
            path = Path(folder) / f"roster-{starts_on}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                writer.writerows(cells for _, cells in group)
            _import(stage, path, starts_on)
    stage.say(f"Roster: {len(rows)} trainers")


def _import(stage: Stage, path: Path, starts_on: date) -> None:
    said: list[str] = []
    at = stage.moment(starts_on)
    result = import_roster(
        path,
        policy_code=stage.policy.code,
        by=stage.staff["registrar"],
        at=at,
        apply=True,
        only_bad=True,
        say=said.append,
    )
    if not result.applied:
        raise RuntimeError("; ".join(said))


def _row(stage: Stage, person: Person) -> tuple[date, list[str]]:
    awarded_on, period = award_for(stage, person)
    cells = [person.number, person.name, person.email, awarded_on, period.expires_on, person.zone]
    return period.starts_on, [str(cell) for cell in cells]


def award_for(stage: Stage, person: Person) -> tuple[date, CyclePeriod]:
    """Return an award and its cycle for the roster: the wished cycle, or the cycle before it."""
    if person.leap:
        awarded_on = next(day for day in LEAP_DAYS if day < stage.today)
        numbers = (
            number
            for number in count(1)
            if nth_cycle(stage.policy, awarded_on, number).expires_on
            >= stage.day(fitting_days(stage, person.ends))
        )
        return awarded_on, nth_cycle(stage.policy, awarded_on, next(numbers))
    expires_on = stage.day(fitting_days(stage, person.ends))
    awarded_on, number = _fitting_award(stage, expires_on, wished=2 + int(person.number) % 4)
    return awarded_on, nth_cycle(stage.policy, awarded_on, number - 1 if person.renewed_before else number)


def _fitting_award(stage: Stage, expires_on: date, wished: int) -> tuple[date, int]:
    """Return a day of award, and the number of the cycle that then ends on `expires_on`: the number
    `wished`, or the nearest that is possible.

    After an award on a leap day only every other cycle ends on one. A policy whose cycles have
    become longer has no cycle for some days: then the one that ends nearest is taken.
    """
    months = stage.policy.version_on(stage.today).cycle_months
    for cycles in (*range(wished, wished + 4), *range(wished)):
        awarded_on = add_months(expires_on, -months * cycles)
        number = cycle_number(stage.policy, awarded_on, expires_on) or 0
        if number > 1:
            return awarded_on, number
    return min(_nearby(stage, expires_on), key=lambda found: abs(_ends(stage, *found) - expires_on))


def _nearby(stage: Stage, expires_on: date) -> Iterator[tuple[date, int]]:
    """Yield awards of the ten years before, each with the number of its last cycle that ends by then."""
    for months in range(36, 120):
        awarded_on = add_months(expires_on, -months)
        number = 2
        while _ends(stage, awarded_on, number + 1) <= expires_on:
            number += 1
        yield awarded_on, number


def _ends(stage: Stage, awarded_on: date, number: int) -> date:
    return nth_cycle(stage.policy, awarded_on, number).expires_on
