"""The report of every Monday by mail: last week's figures, to every colleague who wants them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from core import clock
from core.clock import moment_on
from core.history import subject_of
from outbox.models import Notice
from outbox.notices import Batch, NoticeKind, queue_notice, register_kind
from staff.reports.figures import figures_of
from staff.reports.span import Span, last_week
from trainers.models import Trainer

SEE = "trainers.see_reports"
MONDAY, FIRST_HOUR, LAST_HOUR, SENT_AT = 0, 7, 18, 8  # queued from the first hour on, until the last


def queue_weekly_reports(now: datetime) -> int:
    """Queue, on Mondays, last week's report for everybody who wants and may see it; return how
    many.
    """
    zone = settings.TIME_ZONE
    today = clock.date_of(now, zone)
    if today.weekday() != MONDAY:
        return 0
    if not moment_on(today, FIRST_HOUR, zone) <= now < moment_on(today, LAST_HOUR, zone):
        return 0
    have_one = Notice.objects.filter(kind=WEEKLY.kind, event=str(today)).values("trainer")
    wanting = Trainer.objects.filter(wants_weekly_report=True, is_staff=True, is_active=True)
    people = [one for one in wanting.exclude(pk__in=have_one).order_by("pk") if one.has_perm(SEE)]
    for one in people:
        send_at = max(now, moment_on(today, SENT_AT, zone))
        queue_notice(WEEKLY, subject=subject_of(one), event=str(today), trainer=one, send_at=send_at)
    return len(people)


def _still_due(batch: Batch) -> set[int]:
    """Return the reports of this week, for those who still want and may see them."""
    oldest = str(clock.today(settings.TIME_ZONE) - timedelta(days=6))
    people = {one.pk: one.trainer for one in batch if one.event >= oldest and one.trainer.wants_weekly_report}
    return {pk for pk, person in people.items() if person.is_staff and person.has_perm(SEE)}


def _contexts(batch: Batch) -> Mapping[int, Mapping[str, object]]:
    made: dict[str, dict[str, object]] = {}
    for one in batch:
        if one.event not in made:
            made[one.event] = weekly_context(last_week(date.fromisoformat(one.event)))
    return {one.pk: made[one.event] for one in batch}


def weekly_context(span: Span) -> dict[str, object]:
    """Return what the templates of the weekly report need."""
    return {
        "span": span,
        "figures": figures_of(span),
        "link": f"{reverse('admin:reports')}?days={span}",
        "link_label": "Open the report",
    }


WEEKLY = register_kind(NoticeKind("staff.report", "Last week, for staff", "weekly", _contexts, _still_due))
