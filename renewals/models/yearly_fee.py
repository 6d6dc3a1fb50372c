"""A fee that falls due on a day of a cycle, whether or not the trainer renews (the policy's `dues`)."""

from typing import Self

from django.db import models
from django.db.models import Q

from core.constraints import at_most
from payments.models import Charge
from trainers.models import Cycle


class YearlyFeeQuerySet(models.QuerySet["YearlyFee"]):
    def standing(self) -> Self:
        """Return the fees whose charge is the one that counts."""
        return self.filter(ended_at__isnull=True)

    def kept(self) -> Self:
        """Return the standing fees that are paid and whose money was not given back (Q31)."""
        paid = self.standing().filter(charge__state=Charge.State.PAID)
        return paid.exclude(charge__in=Charge.objects.went_back().values("pk"))


class YearlyFee(models.Model):
    """A due fee that its trainer began to pay, with its charge. It is paid when the charge is, and no
    longer when that money went back: then it is begun anew, and this row ends. What is due and was
    never begun has no row: the rules compute it.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="yearly_fees")
    code = models.CharField(max_length=40, help_text="The policy's name of the fee.")
    due_on = models.DateField()
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, related_name="yearly_fee")
    ended_at = models.DateTimeField(null=True, help_text="When another charge took its place.")

    objects = YearlyFeeQuerySet.as_manager()

    class Meta:
        ordering = ("-due_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["cycle", "code", "due_on"],
                condition=Q(ended_at__isnull=True),
                name="renewals_yearlyfee_once",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="renewals_yearlyfee_code_given"),
            at_most("code", 40),
        )

    def __str__(self) -> str:
        return f"{self.code}, due on {self.due_on}"
