"""What staff decide about a case whose fee is no longer kept in full (Q31)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most
from payments.models.charge import Charge

LONGEST_REASON = 2000


class FeeDecisionQuerySet(models.QuerySet["FeeDecision"]):
    def about_charge(self, charge: Charge) -> Self:
        """Return the decisions about the fee of `charge`, the newest first."""
        return self.filter(charge=charge).order_by("-pk")


class FeeDecision(models.Model):
    """One person's decision about a case whose fee was refunded or disputed. Rows are only ever
    added.

    The decision is valid for the amount that was kept when it was made: when less is kept later,
    somebody must decide again.
    """

    class Verdict(models.TextChoices):
        KEEP = "keep", "Stands without the fee"
        END = "end", "Does not stand without the fee"

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="fee_decisions")
    verdict = models.CharField(max_length=4, choices=Verdict)
    reason = models.TextField()
    kept_cents = models.IntegerField(help_text="What was kept of the charge then.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = FeeDecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "decision about a fee that went back"
        verbose_name_plural = "decisions about fees that went back"
        permissions = (
            ("decide_open_fee", "Can decide about what is not decided, when its fee went back"),
            ("decide_closed_fee", "Can decide about what was approved, when its fee went back"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="payments_feedecision_why"),
            at_most("reason", LONGEST_REASON),
        )

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, charge {self.charge_id}"
