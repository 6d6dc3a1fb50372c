"""What lies on the desk: petitions that wait, those that are late, and decisions that can still be taken back."""

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Min, Q
from django.urls import reverse

from core import clock
from petitions.models import Decision, Petition
from staff.today import QueueSummary


@admin.site.queue_summary(2, "petitions.view_petition")
def petitions_at_work() -> list[QueueSummary]:
    today = clock.today(settings.TIME_ZONE)
    counted = (
        Petition.objects.waiting()
        .order_by()
        .aggregate(
            waiting=Count("pk"),
            late=Count("pk", filter=Q(answer_due_on__lt=today)),
            oldest=Min("submitted_at"),
            oldest_late=Min("submitted_at", filter=Q(answer_due_on__lt=today)),
        )
    )
    held = Decision.objects.filter(state=Decision.State.PENDING).aggregate(
        count=Count("pk"), oldest=Min("decided_at")
    )
    petitions = reverse("admin:petitions_petition_changelist")
    decisions = reverse("admin:petitions_decision_changelist")
    return [
        QueueSummary(
            *("Petitions waiting", counted["waiting"], petitions),
            *("What is due first stands first", counted["oldest"]),
        ),
        QueueSummary(
            *("Petitions late", counted["late"], f"{petitions}?shows=late"),
            *("We promised an answer", counted["oldest_late"], counted["late"]),
        ),
        QueueSummary(
            *("Decisions held", held["count"], f"{decisions}?state__exact=pending"),
            *("They can still be taken back", held["oldest"]),
        ),
    ]
