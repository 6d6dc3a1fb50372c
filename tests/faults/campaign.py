"""Hundreds of kills in one running portal; a seed decides the window, the victim and the moment."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from tests.faults.scenes import POINTS
from tests.faults.stage import Stage
from tests.faults.strike import FROZEN, VICTIMS, Company, Struck, weekdays

FIRST_DAY = date(2027, 1, 4)


def orders(kills: int, seed: int) -> Iterator[tuple[str, str, int]]:
    """Yield the window, the victim and at which passage of the window the fault happens; each
    window about as often as the others.
    """
    dice = random.Random(seed)
    points: list[str] = []
    while kills:
        points = points or dice.sample(list(POINTS), len(POINTS))
        point = points.pop()
        _, most, lets_others_work = POINTS[point]
        victims = [one for one in VICTIMS if lets_others_work or one != FROZEN]
        yield point, dice.choice(victims), dice.randint(1, most)
        kills -= 1


def run(stage: Stage, *, kills: int, seed: int, say: Callable[[str], None]) -> list[Struck]:
    """Let `kills` faults happen, each on another working day."""
    company, began, done = Company(stage), time.monotonic(), []
    for (point, victim, times), day in zip(orders(kills, seed), weekdays(FIRST_DAY), strict=False):
        company.live(day)
        struck = company.strike(point, victim, day=day, times=times)
        done.append(struck)
        say(
            f"{len(done)}/{kills} after {time.monotonic() - began:.0f} s: {point} the {times}. time, {victim} "
            f"on {day}: {struck.notices} due, {struck.seconds:.0f} s, {struck.fault() or 'as promised'}"
        )
    return done


def table(done: Sequence[Struck]) -> str:
    """Counted outcomes, by window and victim."""
    head = ("window", "victim", "kills", "due", "mails", "lost", "doubled", "slowest")
    rows = [head]
    for (point, victim), group in groupby(sorted(done, key=_by), key=_by):
        rows.append((point, victim, *_counts(list(group))))
    rows.append(("all", "", *_counts(done)))
    return "\n".join("{:22} {:17} {:>5} {:>5} {:>5} {:>4} {:>7} {:>9}".format(*row) for row in rows)


def _by(struck: Struck) -> tuple[str, str]:
    return struck.point, struck.victim


def _counts(group: Sequence[Struck]) -> tuple[object, ...]:
    sums = (sum(getattr(one, name) for one in group) for name in ("notices", "sent", "lost", "doubled"))
    return (len(group), *sums, f"{max(one.seconds for one in group):.1f} s")
