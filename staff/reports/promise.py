"""Which decisions about petitions were made after the promised day."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models.functions import TruncDate

from core import clock
from core.constraints import require_value
from petitions.models import Question
from rules.days import business_days_until
from rules.policy.load import load_policy
from staff.exports import Row

if TYPE_CHECKING:
    from django.db.models import QuerySet


def late_decisions(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Return those decisions about petitions for which the trainer waited longer than promised.

    The wait is counted in business days from the day of receipt to the day of the decision, without
    those between a question and its answer. It starts anew when a petition is submitted again,
    after its fee was missing or for a second review.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    days = {
        "since": TruncDate("petition__submitted_at", tzinfo=zone),
        "made_on": TruncDate("decided_at", tzinfo=zone),
    }
    columns = ("pk", "petition", "petition__credential__policy_code", "since", "made_on")
    slow = {
        (pk, petition): waited - promised
        for pk, petition, code, since, on in rows.order_by().annotate(**days).values_list(*columns)
        if since and (waited := business_days_until(on, since)) > (promised := promised_days(code, on))
    }
    paused = _days_with_the_trainer([petition for _, petition in slow])
    return rows.filter(pk__in=[pk for (pk, petition), over in slow.items() if over > paused[petition]])


def promised_days(code: str, day: date) -> int:
    """Return the number of business days within which the policy `code` promises, on `day`, an answer to
    a petition.
    """
    return load_policy(code).version_on(day).promised_answer_business_days


def _days_with_the_trainer(petitions: list[int]) -> dict[int, int]:
    """Return the business days on which each of the petitions waited for its trainer's answer."""
    paused: dict[int, int] = defaultdict(int)
    answered = Question.objects.filter(petition__in=petitions, answered_at__isnull=False)
    for petition, asked_at, answered_at in answered.values_list("petition", "asked_at", "answered_at"):
        asked_on, on = (
            clock.date_of(require_value(at), settings.TIME_ZONE) for at in (asked_at, answered_at)
        )
        paused[petition] += business_days_until(on, asked_on)
    return paused
