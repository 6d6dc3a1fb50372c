"""Payouts: what the provider sends to the certifying body's bank, line by line, and how it differs
from our ledger.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most
from payments.models.ledger import LedgerEntry
from rules.units import format_cents

LONGEST_WORDS = 200


class PayoutQuerySet(models.QuerySet["Payout"]):
    def unread(self) -> Self:
        """Return the payouts whose lines the provider can list and we have not read."""
        return self.filter(read_at__isnull=True, listed=True).order_by("made_at", "pk")


class Payout(models.Model):
    """One transfer to the certifying body's bank, or from it when more was returned than received.

    An automatic payout has lines, which the provider lists once it has sorted them (`listed`). Of a
    payout that somebody made by hand, the provider does not know which payments it contains.
    """

    class State(models.TextChoices):
        ON_WAY = "on_way", "On its way"
        PAID = "paid", "At the bank"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    CAME_BACK = ("failed", "cancelled")
    OUT_OF_ORDER = "A payout that is “{state}” cannot become {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.ON_WAY: {State.PAID, State.FAILED, State.CANCELLED},
        State.PAID: {State.FAILED},  # the bank sent it back some days later
        State.FAILED: set(),
        State.CANCELLED: set(),
    }

    provider_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=10, choices=State)
    amount_cents = models.BigIntegerField(help_text="Negative where the provider took money from the bank.")
    currency = models.CharField(max_length=3)
    live = models.BooleanField(help_text="Real money.")
    automatic = models.BooleanField(help_text="Made by the provider's schedule, and not by hand.")
    made_at = models.DateTimeField()
    arrives_on = models.DateField(help_text="The day on which the bank has it.")
    trouble = models.CharField(
        max_length=300, blank=True, help_text="Why it failed, in the provider's words."
    )
    listed = models.BooleanField(default=False, help_text="The provider can say which lines are in it.")
    read_at = models.DateTimeField(null=True, help_text="When all of its lines were read.")

    objects = PayoutQuerySet.as_manager()

    class Meta:
        ordering = ("-arrives_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(listed=True), name="payments_payout_read_what_is_listed"
            ),
            models.CheckConstraint(
                condition=Q(listed=False) | Q(automatic=True), name="payments_payout_listed_if_automatic"
            ),
            at_most("trouble", 300),
        )
        indexes = (
            models.Index(fields=["arrives_on", "id"], name="payments_payout_arrives"),
            models.Index(
                fields=["made_at", "id"], condition=Q(read_at__isnull=True), name="payments_payout_unread"
            ),
        )

    def __str__(self) -> str:
        return f"{format_cents(self.amount_cents)} {self.currency}, {self.get_state_display().lower()}"


class PayoutLineQuerySet(models.QuerySet["PayoutLine"]):
    def unlinked(self) -> Self:
        """Return the lines for which our ledger should have a row, and which are not linked to one yet."""
        return self.filter(entry__isnull=True, kind__in=LedgerEntry.MONEY)


class PayoutLine(models.Model):
    """One movement of money in a payout, as the provider lists it, and the provider's fee for it.
    Rows are only ever added; `entry`, the row of our ledger about the same movement, is set once.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", "Payment"
        REFUND = "refund", "Refund"
        UNDONE = "undone", "Refund that failed"
        DISPUTE = "dispute", "Taken back by the bank"
        WON = "won", "Given back by the bank"
        FEE = "fee", "Fee of the provider"
        RETURNED = "returned", "Payout that came back"
        OTHER = "other", "Something else"

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="lines")
    provider_id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    type = models.CharField(max_length=60, help_text="The provider's word for it.")
    ref = models.CharField(
        max_length=255, blank=True, help_text="The provider's name for what moved, as our ledger has it."
    )
    payment_ref = models.CharField(
        max_length=255, blank=True, help_text="The provider's name for the payment that it is about."
    )
    words = models.CharField(
        max_length=LONGEST_WORDS, blank=True, help_text="The provider's words, where it is about no payer."
    )
    amount_cents = models.BigIntegerField(help_text="Positive: it came in.")
    fee_cents = models.BigIntegerField(help_text="What the provider kept for itself; part of no other line.")
    currency = models.CharField(max_length=3)
    happened_at = models.DateTimeField()
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, null=True, related_name="line")

    objects = PayoutLineQuerySet.as_manager()

    class Meta:
        ordering = ("payout", "happened_at", "pk")
        constraints = (
            at_most("words", LONGEST_WORDS),
            at_most("type", 60),
        )
        indexes = (
            models.Index(
                fields=["id"],
                condition=Q(entry__isnull=True, kind__in=("payment", "refund", "undone", "dispute", "won")),
                name="payments_payoutline_unlinked",
            ),
            models.Index(
                fields=["happened_at"], condition=Q(entry__isnull=True), name="payments_payoutline_others"
            ),
            models.Index(fields=["ref"], condition=Q(kind="returned"), name="payments_payoutline_returned"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {format_cents(self.amount_cents)} {self.currency}"

    @property
    def net_cents(self) -> int:
        """Return what the line added to the bank account: its amount less its fee, in cents."""
        return self.amount_cents - self.fee_cents


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def open(self) -> Self:
        return self.filter(state=Difference.State.OPEN)


class Difference(models.Model):
    """A difference between the provider's payouts and our ledger. It is closed when they agree
    again, or when somebody of finance explains it.
    """

    class What(models.TextChoices):
        NOT_HERE = "not_here", "Not in our ledger"
        AMOUNT = "amount", "Another amount"
        NOT_THERE = "not_there", "In no payout"
        SUM = "sum", "Not the sum of its lines"
        BY_HAND = "by_hand", "Made by hand, without lines"
        CAME_BACK = "came_back", "Never reached the bank"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        GONE = "gone", "Agrees now"
        EXPLAINED = "explained", "Explained"

    OF_LINES, OF_PAYOUTS = ("not_here", "amount"), ("sum", "by_hand", "came_back")
    OUT_OF_ORDER = "A difference that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.OPEN: {State.GONE, State.EXPLAINED},
        State.GONE: set(),
        State.EXPLAINED: set(),
    }

    what = models.CharField(max_length=10, choices=What)
    payout = models.ForeignKey(Payout, models.PROTECT, null=True, related_name="differences")
    line = models.ForeignKey(PayoutLine, models.PROTECT, null=True, related_name="differences")
    entry = models.ForeignKey(
        LedgerEntry,
        models.PROTECT,
        null=True,
        related_name="differences",
        help_text="The row of our ledger that is in no payout.",
    )
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ("-found_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    what__in=("not_here", "amount"),
                    line__isnull=False,
                    entry__isnull=True,
                    payout__isnull=True,
                )
                | Q(what="not_there", line__isnull=True, entry__isnull=False, payout__isnull=True)
                | Q(
                    what__in=("sum", "by_hand", "came_back"),
                    line__isnull=True,
                    entry__isnull=True,
                    payout__isnull=False,
                ),
                name="payments_difference_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, by__isnull=True, reason="")
                | Q(state="gone", closed_at__isnull=False, by__isnull=True, reason="")
                | Q(state="explained", closed_at__isnull=False, by__isnull=False) & ~Q(reason=""),
                name="payments_difference_closed_by_whom",
            ),
            models.UniqueConstraint(
                fields=["line", "what"], condition=Q(line__isnull=False), name="payments_difference_of_line"
            ),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(entry__isnull=False), name="payments_difference_of_entry"
            ),
            models.UniqueConstraint(
                fields=["payout", "what"],
                condition=Q(payout__isnull=False),
                name="payments_difference_of_payout",
            ),
            at_most("reason", 300),
        )
        indexes = (
            models.Index(
                fields=["found_at", "id"], condition=Q(state="open"), name="payments_difference_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.get_state_display().lower()}"
