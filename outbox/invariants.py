"""Checks of notices for `verify_invariants`."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Greatest

from core import clock
from core.invariants import Check
from outbox.models import Notice

LATE = timedelta(minutes=15)


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


CHECKS = [
    Check(9, "A notice of a kind, subject and event exists at most once", _doubled_notices),
    Check(9, "A notice is due, or ended at a known moment", _notices_with_no_or_two_ends),
    Check(9, "A private notice keeps nothing once it has ended", _secrets_kept),
    Check(10, "No notice is due for more than 15 minutes", _overdue_notices),
]
