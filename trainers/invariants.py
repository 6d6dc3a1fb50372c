"""What must never happen to credentials, cycles, notices and history, asked of the database."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, F, Model, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Window
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Lag

from recert import clock
from recert.invariants import Check
from recert.rules.cycle import cycle_number
from trainers.models import Credential, Cycle, HistoryEntry, Notice
from trainers.services.cycles import cycle_dates

LATE = timedelta(minutes=15)


def told_otherwise(model: type[Model]) -> Iterator[str]:
    """Rows of `model` whose state is not the one that their history tells last (invariant 11)."""
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


def forbidden_steps(model: Any) -> Iterator[str]:
    """Steps in the history of `model` that its TRANSITIONS do not know (invariant 15)."""
    steps = HistoryEntry.objects.filter(subject__startswith=f"{model._meta.label_lower}:").exclude(
        to_state=""
    )
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


def _gaps_and_overlaps() -> Iterator[str]:
    before = Window(Lag("expires_on"), partition_by=F("credential_id"), order_by=F("starts_on").asc())
    rows = Cycle.objects.annotate(before=before).order_by("credential_id", "starts_on")
    for pk, starts_on, ended_on in rows.values_list("pk", "starts_on", "before").iterator():
        if ended_on and starts_on != ended_on + timedelta(days=1):
            yield f"cycle {pk} starts on {starts_on}, and the one before it ends on {ended_on}"


def _credentials_without_a_cycle() -> Iterator[str]:
    for number in (
        Credential.objects.filter(cycles=None).order_by("pk").values_list("number", flat=True).iterator()
    ):
        yield f"credential {number} has no cycle"


def _dates_that_the_rules_do_not_give() -> Iterator[str]:
    fields = ("starts_on", "expires_on", "opens_on", "completion_deadline", "last_day_to_apply")
    for cycle in Cycle.objects.select_related("credential").order_by("pk").iterator(chunk_size=2000):
        credential = cycle.credential
        if cycle_number(credential.policy, credential.awarded_on, cycle.expires_on) is None:
            yield f"cycle {cycle.pk} ends on {cycle.expires_on}, which is no end of a cycle of its award"
            continue
        dates = cycle_dates(credential.policy_code, credential.awarded_on, cycle.expires_on)
        for field in fields:
            if getattr(cycle, field) != getattr(dates, field):
                yield f"cycle {cycle.pk}: {field} is {getattr(cycle, field)}, by the rules {getattr(dates, field)}"


def _doubled_notices() -> Iterator[str]:
    groups = Notice.objects.order_by().values_list("kind", "subject", "event").annotate(n=Count("pk"))
    for kind, subject, event, n in groups.filter(n__gt=1).iterator():
        yield f"{n} notices of kind {kind} about {subject} for {event}"


def _notices_with_no_or_two_ends() -> Iterator[str]:
    due = Notice.State.DUE
    wrong = Q(state=due, ended_at__isnull=False) | (~Q(state=due) & Q(ended_at__isnull=True))
    for pk, state, ended_at in Notice.objects.filter(wrong).values_list("pk", "state", "ended_at").iterator():
        yield f"notice {pk} is {state} and ended at {ended_at}"


def _secrets_kept() -> Iterator[str]:
    ended = Notice.objects.filter(private=True).exclude(state=Notice.State.DUE)
    for pk in ended.exclude(text="", html="", payload={}).values_list("pk", flat=True).iterator():
        yield f"notice {pk} has ended and still holds its code"


def _overdue_notices() -> Iterator[str]:
    moment = clock.now() - LATE
    since = Greatest("send_at", Coalesce("retry_at", "send_at"))
    overdue = Notice.objects.unsent().annotate(since=since).filter(send_at__lte=moment, since__lte=moment)
    for pk, kind, when in overdue.order_by("pk").values_list("pk", "kind", "since").iterator():
        yield f"notice {pk} ({kind}) should have been sent at {when:%Y-%m-%d %H:%M} UTC"


def _steps_that_do_not_follow() -> Iterator[str]:
    """Of notices the history has only what staff did: how one ended stands in its own row."""
    before = Window(Lag("to_state", default=Value("")), partition_by=F("subject"), order_by=F("pk").asc())
    told = HistoryEntry.objects.exclude(to_state="").exclude(subject__startswith="trainers.notice:")
    steps = told.annotate(before=before).exclude(from_state=F("before"))
    for pk, subject, from_state, was in steps.values_list("pk", "subject", "from_state", "before").iterator():
        yield f"history {pk}: {subject} left {from_state or 'nothing'}, and was {was or 'nothing'}"


CHECKS = [
    Check(2, "Cycles of a credential neither overlap nor leave a gap", _gaps_and_overlaps),
    Check(2, "Every credential has a cycle", _credentials_without_a_cycle),
    Check(2, "The stored dates of a cycle are the rules' own", _dates_that_the_rules_do_not_give),
    Check(9, "A notice of a kind, subject and event exists at most once", _doubled_notices),
    Check(9, "A notice is due, or ended at a known moment", _notices_with_no_or_two_ends),
    Check(9, "A private notice keeps nothing once it has ended", _secrets_kept),
    Check(10, "No notice is due for more than 15 minutes", _overdue_notices),
    Check(11, "A credential is in the state that its history tells", lambda: told_otherwise(Credential)),
    Check(11, "Every step in the history begins where the one before it ended", _steps_that_do_not_follow),
    Check(15, "A credential takes only the steps that there are", lambda: forbidden_steps(Credential)),
]
