"""Invariants as queries that find the rows that break them (docs/design/invariants.md). Each app
lists its checks as `CHECKS` in `<app>/invariants.py`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import CharField, F, Model, OuterRef, Subquery, Value
from django.db.models.expressions import Window
from django.db.models.functions import Cast, Coalesce, Concat, Lag

from core import clock, triggers
from core.erasing import columns_not_emptied
from core.history import join_subject
from core.merging import rows_left
from core.models import Erasure, HistoryEntry, Merge
from core.retention import late_kinds
from core.transitions import SteppedModel

SETTLED = timedelta(minutes=10)


@dataclass(frozen=True)
class Check:
    """A check of invariant `number`. `find` yields a sentence for each row that breaks it.

    A check with `reads_files` runs only when the caller wants the stored files read too.
    """

    number: int
    name: str
    find: Callable[[], Iterable[str]]
    reads_files: bool = False


def _missing_triggers() -> Iterator[str]:
    for name in triggers.missing_triggers():
        yield f"the trigger {name} is not installed"


def states_unlike_history(model: type[Model]) -> Iterator[str]:
    """Yield a sentence for each row of `model` whose stored state is not the one that its latest
    history entry gives (invariant 11).
    """
    label = model._meta.label_lower
    told = (
        HistoryEntry.objects.filter(subject=Concat(Value(f"{label}:"), Cast(OuterRef("pk"), CharField())))
        .exclude(to_state="")
        .order_by("-pk")
        .values("to_state")[:1]
    )
    rows = model._default_manager.annotate(told=Coalesce(Subquery(told), Value(""))).exclude(told=F("state"))
    for pk, state, last in rows.order_by("pk").values_list("pk", "state", "told").iterator():
        yield f"{label}:{pk} is {state}, and its history says {last or 'nothing'}"


def forbidden_steps(model: SteppedModel) -> Iterator[str]:
    """Yield a sentence for each step in the history of `model` that its TRANSITIONS do not allow
    (invariant 15).
    """
    steps = HistoryEntry.objects.filter(
        subject__startswith=join_subject(model._meta.label_lower, "")
    ).exclude(to_state="")
    pairs = (
        steps.exclude(from_state="").values_list("from_state", "to_state").distinct().order_by("from_state")
    )
    for before, after in pairs:
        if after not in model.TRANSITIONS.get(before, set()):
            found = (
                steps.filter(from_state=before, to_state=after)
                .order_by("pk")
                .values_list("subject", flat=True)
            )
            yield from (f"{subject} went from {before} to {after}" for subject in found.iterator())


def _steps_that_do_not_follow() -> Iterator[str]:
    """Yield a sentence for each step in a history that does not begin where the step before it
    ended.

    Models with `HISTORY_IS_PARTIAL` are left out: their history has only some of the steps.
    """
    before = Window(Lag("to_state", default=Value("")), partition_by=F("subject"), order_by=F("pk").asc())
    told = HistoryEntry.objects.exclude(to_state="")
    for model in apps.get_models():
        if getattr(model, "HISTORY_IS_PARTIAL", False):
            told = told.exclude(subject__startswith=join_subject(model._meta.label_lower, ""))
    steps = told.annotate(before=before).exclude(from_state=F("before"))
    for pk, subject, from_state, was in steps.values_list("pk", "subject", "from_state", "before").iterator():
        yield f"history {pk}: {subject} left {from_state or 'nothing'}, and was {was or 'nothing'}"


def _kept_too_long() -> Iterator[str]:
    for name in late_kinds(clock.now()):
        yield f"{name}: something should have been let go two days ago"


def _not_erased() -> Iterator[str]:
    """Yield a sentence for each personal column that is not empty although its person's data was erased."""
    for erasure in Erasure.objects.filter(state=Erasure.State.ERASED).select_related("trainer").iterator():
        for name in columns_not_emptied(erasure.trainer):
            yield f"erasure {erasure.pk}: {name} is not empty"


def _left_behind() -> Iterator[str]:
    """Yield a sentence for each column that still refers to a merged account although it should
    have moved. Merges of the last minutes are left out: a request may have written meanwhile.
    """
    settled = Merge.objects.filter(at__lt=clock.now() - SETTLED).select_related("going", "staying")
    for merge in settled.iterator():
        yield from (f"merge {merge.pk}: {column} is still of {merge.going_id}" for column in rows_left(merge))


CHECKS = [
    Check(20, "Nothing is left with an account that became part of another one", _left_behind),
    Check(18, "What is personal of an erased person is gone", _not_erased),
    Check(18, "Nothing is kept longer than the policy says", _kept_too_long),
    Check(11, "Every step in the history begins where the one before it ended", _steps_that_do_not_follow),
    Check(16, "All triggers are installed", _missing_triggers),
]


def all_checks() -> list[Check]:
    """Return every check of every installed app, by the number of its invariant."""
    found = []
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.invariants"):
            found += import_module(f"{config.name}.invariants").CHECKS
    return sorted(found, key=lambda check: (check.number, check.name))
