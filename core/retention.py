"""Data that is deleted or emptied after some time (Q33). Each app lists its kinds in
`<app>/retention.py` as `KINDS`, and one sweep goes through them. Staff and `verify_invariants` see
the rows that should have gone at least two days ago.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet

from core import clock
from rules.policy.load import load_policy
from rules.policy.model import PolicyVersion

BATCH = 500
ROUNDS = 20  # of one kind in one sweep: then the others have their turn
LATE = timedelta(days=2)  # rows that should have gone longer ago than this are late
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A kind of data that is kept for a limited time. `over` returns the rows whose time is over at
    a moment, by the policy's figures. `let_go` deletes or empties a batch of them by primary key;
    `over` must not return these again.
    """

    name: str
    over: Callable[[datetime, PolicyVersion], "QuerySet[Model]"]
    let_go: Callable[[list[int], datetime], object]


def kinds_of_retention() -> Iterator[Kind]:
    """Yield the kinds of every installed app."""
    for config in apps.get_app_configs():
        if config.name != "core" and find_spec(f"{config.name}.retention"):
            yield from import_module(f"{config.name}.retention").KINDS


def figures_on(at: datetime) -> PolicyVersion:
    """Return the policy version in force at a moment."""
    policy = load_policy(settings.PORTAL_POLICY)
    return policy.version_on(clock.date_of(at, policy.time_zone))


def let_old_go(at: datetime) -> dict[str, int]:
    """Delete or empty every row whose time is over; return how many rows of each kind. An error in
    one kind does not stop the others: that kind is missing from the result.
    """
    gone = {}
    for kind in kinds_of_retention():
        try:
            gone[kind.name] = _let_go(kind, at)
        except Exception:
            log.exception("%s could not be let go", kind.name)
    return gone


def late_kinds(at: datetime) -> list[str]:
    """Return the names of the kinds with rows that should have gone two days ago."""
    before = at - LATE
    return [kind.name for kind in kinds_of_retention() if kind.over(before, figures_on(before)).exists()]


def _let_go(kind: Kind, at: datetime) -> int:
    count, figures = 0, figures_on(at)
    for _ in range(ROUNDS):
        batch = list(kind.over(at, figures).values_list("pk", flat=True)[:BATCH])
        if batch:
            kind.let_go(batch, at)
            count += len(batch)
        if len(batch) < BATCH:
            break
    return count
