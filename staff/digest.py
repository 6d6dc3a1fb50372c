"""The staff's digest: on weekdays one mail to each person who may see something that is late; else none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from core import clock
from core.clock import moment_on
from core.faults import faultpoint
from core.history import subject_of
from outbox.models import Notice
from outbox.notices import Batch, NoticeKind, queue_notice, register_kind
from rules.promise import is_business_day
from staff.today import QueueSummary
from trainers.models import Trainer

FIRST_HOUR, LAST_HOUR = 7, 18  # it is made from then on, sent at 9, and not made any more in the evening
SENT_AT = 9


def late_queues(person: Trainer) -> list[QueueSummary]:
    """What is late on somebody's desk."""
    return [pile for pile in admin.site.queues_for(person) if pile.late]  # type: ignore[attr-defined]


def queue_digests(now: datetime) -> int:
    """Queue today's digest for everybody who works here and has something late; how many are new."""
    zone = settings.TIME_ZONE
    today = clock.date_of(now, zone)
    if not is_business_day(today):
        return 0
    if not moment_on(today, FIRST_HOUR, zone) <= now < moment_on(today, LAST_HOUR, zone):
        return 0
    told = Notice.objects.filter(kind=DIGEST.kind, event=str(today)).values("trainer")
    people = Trainer.objects.filter(is_staff=True, is_active=True).exclude(pk__in=told).order_by("pk")
    send_at = max(now, moment_on(today, SENT_AT, zone))
    waiting = [one for one in people if late_queues(one)]
    for one in waiting:
        queue_notice(DIGEST, subject=subject_of(one), event=str(today), trainer=one, send_at=send_at)
        faultpoint("digest.queued")
    return len(waiting)


def _of_today(batch: Batch) -> set[int]:
    """Yesterday's is no news, and what has been done since needs no mail."""
    today = str(clock.today(settings.TIME_ZONE))
    return {
        one.pk for one in batch if one.event == today and one.trainer.is_staff and late_queues(one.trainer)
    }


def _contexts(batch: Batch) -> Mapping[int, Mapping[str, Any]]:
    return {one.pk: digest_context(late_queues(one.trainer)) for one in batch}


def digest_context(piles: list[QueueSummary]) -> dict[str, Any]:
    """What the templates need."""
    return {
        "piles": piles,
        "late": sum(pile.late for pile in piles),
        "today": clock.today(settings.TIME_ZONE),
        "link": reverse("admin:index"),
        "link_label": "Open the desk",
    }


DIGEST = register_kind(NoticeKind("staff.digest", "What is late, for staff", "digest", _of_today, _contexts))
