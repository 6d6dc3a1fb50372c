"""What was decided about an audit: passed, with or without some of its records, or not passed."""

from django.db import models
from django.db.models import Q

from audits.models.audit import Audit
from cases.decisions import HeldDecision, HeldDecisionQuerySet


class Decision(HeldDecision):
    """One person's word on an audit."""

    class Verdict(models.TextChoices):
        PASS = "pass", "Passed"
        FAIL = "fail", "Not passed"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=4, choices=Verdict)

    objects = HeldDecisionQuerySet.as_manager()

    class Meta(HeldDecision.Meta):
        constraints = (
            *HeldDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["audit"], condition=Q(state="held"), name="audits_decision_one_held"
            ),
            models.CheckConstraint(condition=Q(verdict="pass") | ~Q(words=""), name="audits_decision_words"),
        )

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.get_state_display().lower()}"
