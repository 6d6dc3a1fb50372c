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

    class Reason(models.TextChoices):
        CERTIFICATE = "certificate", "A certificate cannot be read"
        COURSE = "course", "A certificate is for another course"
        DATE = "date", "A date is not the one on its certificate"
        CARD = "card", "The card cannot be read"
        DOCUMENTS = "documents", "Documents are missing"
        NOT_MET = "not_met", "The requirements are not met"
        UNTRUE = "untrue", "What was stated is not true"
        OTHER = "other", "Another reason"

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=7, choices=Verdict)
    reason_code = models.CharField(
        max_length=14, choices=Reason, blank=True, default="", db_default="", help_text="Only staff read it."
    )

    record = models.ForeignKey(
        "ceus.CeuRecord",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="What a return is about: it is corrected on the renewal's own page.",
    )

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
