"""Decisions about an audit: passed, with or without some of its records, or not passed."""

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

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=4, choices=Verdict)

    objects = PendingDecisionQuerySet.as_manager()

    class Meta(PendingDecision.Meta):
        constraints = (
            *PendingDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["audit"], condition=Q(state="pending"), name="audits_decision_one_pending"
            ),
            models.CheckConstraint(condition=Q(verdict="pass") | ~Q(words=""), name="audits_decision_words"),
        )
