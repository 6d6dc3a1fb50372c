"""The draw: periods, whose secret is committed to by its published hash, and one row for each drawn
cycle (S12, Q20).
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from core.constraints import at_most
from core.sealing import Seal
from rules.acts import ALWAYS, BY_RATE, NEVER
from trainers.models import Cycle

SEAL = Seal("audits.draw")  # of the secret of a period, until it is revealed


class DrawPeriodQuerySet(models.QuerySet["DrawPeriod"]):
    def of_policy(self, policy_code: str) -> Self:
        return self.filter(policy_code=policy_code)

    def open_on(self, day: date) -> Self:
        """Return the open periods that include `day`."""
        return self.filter(
            first_on__lte=day, last_on__gte=day, opened_at__isnull=False, closed_at__isnull=True
        )

    def opened(self) -> Self:
        return self.filter(opened_at__isnull=False)

    def with_counts(self) -> Self:
        """Return the periods with how many cycles were `drawn` and how many `chosen` by the rate; how
        many are audited `by_rule` whatever their number is, and how many are `spared`.
        """
        by_rate = Q(draws__chance=BY_RATE, draws__selected=True)
        return self.annotate(
            drawn=models.Count("draws"),
            chosen=models.Count("draws", filter=by_rate),
            by_rule=models.Count("draws", filter=Q(draws__chance=ALWAYS)),
            spared=models.Count("draws", filter=Q(draws__chance=NEVER)),
        )


class DrawPeriod(models.Model):
    """A period of the draw. It is announced with the hash of its secret (the commitment), opened
    with a public value or with the statement that there is none, and closed when the secret is
    revealed.
    """

    class State(models.TextChoices):
        ANNOUNCED = "announced", "Announced"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    policy_code = models.CharField("policy", max_length=40)
    code = models.CharField(max_length=7, help_text="For example 2026-Q4.")
    first_on = models.DateField()
    last_on = models.DateField(help_text="The last day of the period, inclusive.")
    rate = models.CharField(max_length=10, help_text="The share that is chosen, as the policy writes it.")
    commitment = models.CharField(max_length=64)
    sealed_secret = models.TextField(editable=False)
    public_value_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="What will be mixed in: a value that did not exist when this was published.",
    )
    public_value = models.CharField(  # noqa: DJ001 - the empty text says that there is none
        max_length=200, null=True, help_text="Empty text: declared to be none."
    )
    announced_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    secret = models.CharField(max_length=64, blank=True, help_text="Revealed when the period is closed.")

    objects = DrawPeriodQuerySet.as_manager()

    class Meta:
        ordering = ("-first_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["policy_code", "code"], name="audits_period_once"),
            models.CheckConstraint(
                condition=Q(first_on__lte=models.F("last_on")), name="audits_period_order"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, public_value__isnull=True, closed_at__isnull=True)
                | Q(opened_at__isnull=False, public_value__isnull=False),
                name="audits_period_opened",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, secret="") | (Q(closed_at__isnull=False) & ~Q(secret="")),
                name="audits_period_revealed",
            ),
            *(at_most(field, 200) for field in ("public_value_name", "public_value")),
        )
        permissions = (("open_drawperiod", "Can open a draw period"),)

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> str:
        """Return "announced", "open" or "closed", computed from the moments stored; triggers allow
        each moment to be set once.
        """
        if self.closed_at:
            return self.State.CLOSED
        return self.State.OPEN if self.opened_at else self.State.ANNOUNCED


class DrawQuerySet(models.QuerySet["Draw"]):
    def audited(self) -> Self:
        """Return the draws that lead to an audit: always, or by the rate and selected."""
        return self.filter(Q(chance=Draw.Chance.ALWAYS) | Q(chance=Draw.Chance.RATE, selected=True))


class Draw(models.Model):
    """The result of the draw for one cycle. Another application for that cycle keeps this result.
    `selected` follows from published values alone; `chance` is what the policy said about the person
    when the cycle was drawn: whether that counts.
    """

    class Chance(models.TextChoices):
        RATE = BY_RATE, "By the rate"
        ALWAYS = ALWAYS, "Always audited"
        NEVER = NEVER, "Not audited"

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="draw")
    period = models.ForeignKey(DrawPeriod, models.PROTECT, related_name="draws")
    x = models.CharField(max_length=16, help_text="16 hex digits of the keyed hash of the cycle's draw id.")
    selected = models.BooleanField()
    chance = models.CharField(
        max_length=6,
        choices=Chance,
        default=Chance.RATE,
        db_default=Chance.RATE,
        help_text="What the policy said: audited if selected, always, or not.",
    )
    drawn_at = models.DateTimeField()

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ("-drawn_at", "-pk")
        constraints = (
            at_most("x", 16),
            models.CheckConstraint(
                condition=Q(chance__in=[BY_RATE, ALWAYS, NEVER]), name="audits_draw_chance"
            ),
        )
        indexes = (models.Index(fields=["period", "selected"], name="audits_draw_counts"),)

    def __str__(self) -> str:
        return f"{self.cycle}, {'chosen' if self.is_audited else 'not chosen'}"

    @property
    def is_audited(self) -> bool:
        """Return whether an audit must pass before a renewal of the cycle is approved."""
        return self.chance == self.Chance.ALWAYS or (self.chance == self.Chance.RATE and self.selected)
