"""Disputes: a payer's bank takes a payment back from us, or asks about it (Q31)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from core.constraints import at_most
from payments.models.charge import Charge
from payments.models.ledger import TAKING, LedgerEntry
from rules.units import format_cents


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def going_on(self) -> Self:
        return self.filter(state__in=Dispute.GOING_ON)

    def to_answer(self) -> Self:
        """Return the disputes that wait for our answer, the earliest last day first."""
        waiting = self.filter(state__in=Dispute.WITH_US)
        return waiting.order_by(models.F("answer_through").asc(nulls_last=True), "pk")

    def taking(self) -> Self:
        """Return the disputes in which the payer's bank holds the money, for now or for good."""
        return self.filter(state__in=Dispute.TAKES)


class Dispute(models.Model):
    """One dispute, however many events report it, and in whatever order. The row follows the newest
    event; an older one that arrives late only fills in what was not known.

    Moments are the provider's; days are in the policy's zone.
    """

    class State(models.TextChoices):
        INQUIRY = "inquiry", "The bank asks"
        TO_ANSWER = "to_answer", "To be answered"
        ANSWERED = "answered", "The bank decides"
        WON = "won", "Won"
        LOST = "lost", "Lost"
        CLOSED = "closed", "Closed, no money moved"

    GOING_ON, ENDED = ("inquiry", "to_answer", "answered"), ("won", "lost", "closed")
    WITH_US = ("inquiry", "to_answer")
    TAKES = TAKING  # an inquiry takes none
    OUT_OF_ORDER = "A dispute that is “{state}” cannot become {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.INQUIRY: {State.TO_ANSWER, State.ANSWERED, State.WON, State.LOST, State.CLOSED},
        State.TO_ANSWER: {State.ANSWERED, State.WON, State.LOST, State.CLOSED},
        State.ANSWERED: {State.TO_ANSWER, State.WON, State.LOST, State.CLOSED},
        State.WON: set(),
        State.LOST: {State.WON},
        # An inquiry that was closed can still become a dispute.
        State.CLOSED: {State.INQUIRY, State.TO_ANSWER, State.ANSWERED, State.WON, State.LOST},
    }

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="disputes")
    payment = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="disputes")
    provider_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=60, blank=True, help_text="The payer's, in the provider's word.")
    amount_cents = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_on = models.DateField(help_text="Its date in the policy's zone.")
    answer_by = models.DateTimeField(null=True, help_text="The provider takes no answer after it.")
    answer_through = models.DateField(null=True, help_text="The last day to answer, in the policy's zone.")
    told_at = models.DateTimeField(help_text="The moment of the newest event that it follows.")
    status = models.CharField(max_length=40, help_text="The provider's own word in that event.")
    withdrawn_at = models.DateTimeField(null=True, help_text="When the bank took the money.")
    reinstated_at = models.DateTimeField(null=True, help_text="When the bank gave the money back.")
    lost_at = models.DateTimeField(null=True)
    won_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True, help_text="The day of its end, in the policy's zone.")

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payments_dispute_amount"),
            models.CheckConstraint(
                condition=Q(state__in=("inquiry", "to_answer", "answered"), closed_on__isnull=True)
                | Q(state__in=("won", "lost", "closed"), closed_on__isnull=False),
                name="payments_dispute_one_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="lost") | Q(lost_at__isnull=False), name="payments_dispute_lost_when"
            ),
            at_most("reason", 60),
            at_most("status", 40),
        )
        indexes = (
            models.Index(
                fields=["answer_through", "id"],
                condition=Q(state__in=("inquiry", "to_answer", "answered")),
                name="payments_dispute_going_on",
            ),
        )

    def __str__(self) -> str:
        return f"{format_cents(self.amount_cents)} {self.charge.currency}, {self.get_state_display().lower()}"
