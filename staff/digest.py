"""The staff's digest: on weekdays one mail to each person who may see something that is late."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core import clock
from core.clock import moment_on
from core.faults import faultpoint
from core.history import subject_of
from outbox.models import Notice
from outbox.notices import Batch, NoticeKind, queue_notice, register_kind
from rules.days import is_business_day
from staff.today import QueueSummary, queues_for
from trainers.models import Trainer

FIRST_HOUR, LAST_HOUR = 7, 18  # it is queued from the first hour on, and not any more from the last
SENT_AT = 9


def late_queues(person: Trainer) -> list[QueueSummary]:
    """Return the queues with late work that `person` may see."""
    return [queue for queue in queues_for(person) if queue.late]


def queue_digests(now: datetime) -> int:
    """Queue today's digest for everybody on the staff who may see something late; return how many."""
    zone = settings.TIME_ZONE
    today = clock.date_of(now, zone)
    if not is_business_day(today):
        return 0
    if not moment_on(today, FIRST_HOUR, zone) <= now < moment_on(today, LAST_HOUR, zone):
        return 0
    have_one = Notice.objects.filter(kind=DIGEST.kind, event=str(today)).values("trainer")
    people = Trainer.objects.filter(is_staff=True, is_active=True).exclude(pk__in=have_one).order_by("pk")
    send_at = max(now, moment_on(today, SENT_AT, zone))
    waiting = [one for one in people if late_queues(one)]
    for one in waiting:
        queue_notice(DIGEST, subject=subject_of(one), event=str(today), trainer=one, send_at=send_at)
        faultpoint("digest.queued")
    return len(waiting)


def _still_due(batch: Batch) -> set[int]:
    """Return today's digests whose recipients still have something late to see. Digests of earlier
    days are not sent any more.
    """
    today = str(clock.today(settings.TIME_ZONE))
    return {
        one.pk for one in batch if one.event == today and one.trainer.is_staff and late_queues(one.trainer)
    }


def _contexts(batch: Batch) -> Mapping[int, Mapping[str, object]]:
    return {one.pk: digest_context(late_queues(one.trainer)) for one in batch}


def digest_context(queues: list[QueueSummary]) -> dict[str, object]:
    """Return what the templates of the digest need."""
    return {
        "queues": queues,
        "late": sum(queue.late for queue in queues),
        "today": clock.today(settings.TIME_ZONE),
        "link": reverse("admin:index"),
        "link_label": "Open the desk",
    }


DIGEST = register_kind(NoticeKind("staff.digest", "What is late, for staff", "digest", _contexts, _still_due))
