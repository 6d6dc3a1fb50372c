"""Tell a provider's programs by webhook: of refused completions, and of approvals that end soon."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from ceus.models import Course, Provider
from core.history import subject_of, subject_pk, subject_prefix
from providers.judging import JudgedRow
from providers.models import Batch
from webhooks.models import Endpoint
from webhooks.services.queueing import queue_events

COMPLETION_REFUSED, COURSE_ENDS = "completion.refused", "course.approval_ends"
SOON = timedelta(days=30)


def tell_refused(batch: Batch, refused: Iterable[tuple[int, JudgedRow]], *, at: datetime) -> int:
    """Queue an event for each completion that was not taken, by its primary key; return how many. Only
    inside the transaction of the report.
    """
    told = [(f"completion:{pk}", _data_of(batch, one)) for pk, one in refused]
    if not told:
        return 0
    return queue_events(COMPLETION_REFUSED, owner=subject_of(batch.provider), told=told, at=at)


def tell_course_ends(provider: Provider, *, today: date, at: datetime) -> int:
    """Queue an event for each course of the provider whose approval ends within 30 days; return how
    many. Idempotent: once for each last day.
    """
    ending = Course.objects.filter(provider=provider, approved_through__range=(today, today + SOON))
    told = [
        (
            f"course:{one.pk}:{one.approved_through}",
            {"course": one.slug, "title": one.title, "approved_through": str(one.approved_through)},
        )
        for one in ending.order_by("pk")
    ]
    if not told:
        return 0
    with transaction.atomic():
        return queue_events(COURSE_ENDS, owner=subject_of(provider), told=told, at=at)


def providers_with_endpoints() -> list[Provider]:
    """Return the providers that have an endpoint."""
    owners = (
        Endpoint.objects.open()
        .filter(owner__startswith=subject_prefix(Provider))
        .values_list("owner", flat=True)
    )
    pks = {subject_pk(owner) for owner in owners}
    return list(Provider.objects.filter(pk__in=pks).order_by("pk"))


def _data_of(batch: Batch, judged: JudgedRow) -> dict[str, object]:
    """Return a refused completion as the provider reported it, without the name."""
    row = judged.row
    return {
        "report": batch.reference,
        "line": row.line,
        "number": row.number,
        "course": row.course,
        "completed_on": row.completed_on.isoformat() if row.completed_on else None,
        "outcome": judged.outcome,
        "words": judged.words,
    }
