"""Decisions about an audit: passed, also with some of its records refused, or not passed."""

from django.db import models
from django.db.models import Q

from audits.models.audit import Audit
from cases.decisions import PendingDecision, PendingDecisionQuerySet


class Decision(PendingDecision):
    """One person's decision about an audit."""

    CASE = "audit"

    class Verdict(models.TextChoices):
        PASS = "pass", "Passed"
        FAIL = "fail", "Not passed"

    class Reason(models.TextChoices):
        MISSING = "missing", "Documents are missing"
        NOT_PROVEN = "not_proven", "The documents do not prove what was claimed"
        NOT_THEIRS = "not_theirs", "A document is somebody else's"
        ALTERED = "altered", "A document was altered"
        NOT_ENOUGH = "not_enough", "Without what was refused it is not enough"
        OTHER = "other", "Another reason"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=4, choices=Verdict)
    reason_code = models.CharField(
        max_length=14, choices=Reason, blank=True, default="", db_default="", help_text="Only staff read it."
    )

    objects = PendingDecisionQuerySet.as_manager()

    class Meta(PendingDecision.Meta):
        constraints = (
            *PendingDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["audit"], condition=Q(state="pending"), name="audits_decision_one_pending"
            ),
            models.CheckConstraint(condition=Q(verdict="pass") | ~Q(words=""), name="audits_decision_words"),
        )
