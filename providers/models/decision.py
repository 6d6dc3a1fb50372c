"""Decisions about what providers ask for: pending for the policy's minutes, then in effect."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.decisions import PendingDecision, PendingDecisionQuerySet
from core.constraints import at_most
from providers.models.request import CourseRequest

LONGEST_CATEGORY = 40


class Decision(PendingDecision):
    """One person's decision about a request, with what the catalogue gets when it takes effect."""

    CASE = "request"

    class Verdict(models.TextChoices):
        APPROVE = "approve", "Approve"
        DENY = "deny", "Deny"

    words = models.TextField(blank=True, help_text="The provider reads them.")
    request = models.ForeignKey(CourseRequest, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=7, choices=Verdict)
    hundredths = models.PositiveIntegerField("amount granted, in the unit's smallest part", null=True)
    category = models.CharField(
        max_length=LONGEST_CATEGORY, blank=True, help_text="A category code of the policy."
    )
    approved_from = models.DateField(null=True)
    approved_through = models.DateField(null=True, help_text="The last day. Empty: without an end.")

    objects = PendingDecisionQuerySet.as_manager()
    GRANTED: ClassVar[tuple[str, ...]] = ("hundredths", "category", "approved_from", "approved_through")

    class Meta(PendingDecision.Meta):
        constraints = (
            *PendingDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["request"], condition=Q(state="pending"), name="providers_decision_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(
                    verdict="approve", hundredths__isnull=False, hundredths__gt=0, hundredths__lte=10_000
                )
                & Q(approved_from__isnull=False)
                & ~Q(category="")
                | Q(verdict="deny", hundredths__isnull=True, approved_from__isnull=True, category="")
                & Q(approved_through__isnull=True)
                & ~Q(words=""),
                name="providers_decision_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_through__isnull=True) | Q(approved_through__gte=F("approved_from")),
                name="providers_decision_days",
            ),
            at_most("category", LONGEST_CATEGORY),
        )
