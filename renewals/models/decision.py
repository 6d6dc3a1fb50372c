"""Decisions about a renewal: approved, returned for correction, or denied."""

from django.db import models
from django.db.models import Q

from cases.decisions import PendingDecision, PendingDecisionQuerySet
from renewals.models.application import Application


class Decision(PendingDecision):
    """One person's decision about a renewal."""

    CASE = "application"

    class Verdict(models.TextChoices):
        APPROVE = "approve", "Approved"
        RETURN = "return", "Returned for correction"
        DENY = "deny", "Denied"

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=7, choices=Verdict)

    objects = PendingDecisionQuerySet.as_manager()

    class Meta(PendingDecision.Meta):
        constraints = (
            *PendingDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="pending"), name="renewals_decision_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(verdict="approve") | ~Q(words=""), name="renewals_decision_words"
            ),
        )
