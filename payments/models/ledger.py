"""The append-only ledger, whose rows have signed amounts, and refunds (invariant 5)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from core.constraints import at_most, one_end
from payments.models.charge import Charge
from payments.models.event import ProviderEvent
from rules.units import format_cents

TAKING = ("to_answer", "answered", "lost")  # states of a dispute whose money is not with us


class LedgerEntry(models.Model):
    """A row with a signed amount. What the payer owes and what we paid out is positive; what we
    received and what is no longer owed is negative.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", "Charge"
        PAYMENT = "payment", "Payment"
        REFUND = "refund", "Refund"
        UNDONE = "undone", "Refund that failed"
        DISPUTE = "dispute", "Taken back by the bank"
        WON = "won", "Given back by the bank"
        WAIVER = "waiver", "Waiver"
        UNWAIVED = "unwaived", "Waiver undone"
        RELIEF = "relief", "Fee waived"

    MONEY = ("payment", "refund", "undone", "dispute", "won")  # kinds of rows for which money moved

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=8, choices=Kind)
    amount_cents = models.IntegerField()
    currency = models.CharField(max_length=3)
    provider_ref = models.CharField(max_length=255, null=True, unique=True)  # noqa: DJ001 - unique, and unknown at first
    hand_reference = models.CharField(
        max_length=80,
        blank=True,
        help_text="Of the bank transfer or check by which money was returned by hand.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name_plural = "ledger entries"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["charge", "refund", "dispute", "unwaived"], amount_cents__gt=0)
                | Q(kind__in=["payment", "undone", "won", "waiver", "relief"], amount_cents__lt=0),
                name="payments_ledger_sign",
            ),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(kind="charge"), name="payments_ledger_one_charge"
            ),
            models.CheckConstraint(
                condition=Q(hand_reference="") | Q(kind="refund", provider_ref__isnull=True),
                name="payments_ledger_one_way_back",
            ),
            at_most("hand_reference", 80),
        )
        indexes = (
            models.Index(fields=["trainer", "at"], name="payments_ledger_of"),
            models.Index(fields=["at"], condition=~Q(kind="charge"), name="payments_ledger_moved"),
            models.Index(
                fields=["kind", "id"],
                condition=~Q(kind__in=("charge", "payment")),
                name="payments_ledger_unusual",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {format_cents(self.amount_cents)} {self.currency}"

    @property
    def reference(self) -> str:
        """Return the provider's reference of the payment, refund or dispute; for a refund by hand,
        the reference that finance typed.
        """
        return self.provider_ref or self.hand_reference


class RefundQuerySet(models.QuerySet["Refund"]):
    def unanswered(self) -> Self:
        """Return the failed refunds that no other refund replaces, not even one that waits for
        approval.

        Left out are those whose money reached the payer in another way: by another refund, or by a
        dispute.
        """
        answers = Refund.objects.filter(instead_of=OuterRef("pk")).exclude(state=Refund.State.REFUSED)
        entry = LedgerEntry.objects.filter(pk=OuterRef("payment")).order_by()
        taken = Sum("disputes__amount_cents", filter=Q(disputes__state__in=TAKING))
        going = Sum("refunds__amount_cents", filter=~Q(refunds__state__in=Refund.NEVER_LEFT))
        kept = (
            -F("payment__amount_cents")
            - Coalesce(Subquery(entry.annotate(cents=taken).values("cents")), 0)
            - Coalesce(Subquery(entry.annotate(cents=going).values("cents")), 0)
        )
        free = Q(payment__isnull=True) | Q(kept__gte=F("amount_cents"))
        return self.annotate(kept=kept).filter(free, ~Exists(answers), state=Refund.State.FAILED)


class Refund(models.Model):
    """A refund. Its row is committed before a task requests it from the provider under one
    idempotency key.

    With a `hand_reference` it records money that finance returned itself, and is never sent to the
    provider.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for a second person"
        REQUESTED = "requested", "On its way"
        RETURNED = "returned", "Returned"
        FAILED = "failed", "The provider said no"
        REFUSED = "refused", "Not approved"

    class Cause(models.TextChoices):
        TWICE = "twice", "Paid twice"
        NOT_DUE = "not_due", "Paid for what was not due any more"
        LATE = "late", "Paid after the time to pay"
        OUR_ERROR = "our_error", "Our own error"
        WISH = "wish", "The payer asked for it"
        UNMATCHED = "unmatched", "Money that fits no charge"
        PROVIDER = "provider", "Given back at the payment service"
        WAIVED = "waived", "A fee that was waived"

    STAFF_CAUSES = ("our_error", "wish")
    OWN_CAUSES = (
        "twice",
        "not_due",
        "late",
        "waived",
    )  # causes that only the portal itself uses, for money that was not due
    # Causes that no rule may refuse: the money was not due, or is refunded already.
    DONE_CAUSES = (*OWN_CAUSES, "provider")
    NEVER_LEFT = ("failed", "refused")  # states in which we still have the money
    OPEN, OUT_OF_ORDER = ("waiting", "requested"), "A refund that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.WAITING: {State.REQUESTED, State.RETURNED, State.REFUSED},
        State.REQUESTED: {State.RETURNED, State.FAILED},
        State.RETURNED: {State.FAILED},  # the provider took it, and it failed later (Q31)
        State.FAILED: set(),
        State.REFUSED: set(),
    }

    charge = models.ForeignKey(Charge, models.PROTECT, null=True, related_name="refunds")
    payment = models.ForeignKey(
        LedgerEntry,
        models.PROTECT,
        null=True,
        related_name="refunds",
        help_text="The payment that is given back; empty for money that was never credited.",
    )
    event = models.ForeignKey(
        ProviderEvent,
        models.PROTECT,
        null=True,
        related_name="refunds",
        help_text="The provider's message about money that fits no charge.",
    )
    payment_ref = models.CharField(
        max_length=255, blank=True, help_text="The provider's name for money that was never credited."
    )
    payment_currency = models.CharField(max_length=3, blank=True)
    amount_cents = models.PositiveIntegerField()
    cause = models.CharField(max_length=10, choices=Cause)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who asked for it; empty when the portal itself returns what was not due.",
    )
    hand_reference = models.CharField(
        max_length=80,
        blank=True,
        help_text="Of the bank transfer or check by which finance returned it; such money is never sent to the provider.",
    )
    instead_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="answers",
        help_text="The refund that the provider refused, and that this one makes good.",
    )
    idempotency_key = models.CharField(max_length=64, unique=True)
    provider_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001 - unique, and unknown at first
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The second person, where one is needed (Q21).",
    )
    decided_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # each attempt is counted before it is made
    last_error = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        permissions = (("give_refund", "Can give money back, and decide about what others ask to give back"),)
        constraints = (
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payments_refund_amount"),
            one_end(["waiting", "requested"]),
            models.CheckConstraint(
                condition=Q(
                    cause__in=["twice", "not_due", "late", "waived", "provider"],
                    hand_reference="",
                    by__isnull=True,
                )
                | (Q(cause__in=["our_error", "wish", "unmatched"], by__isnull=False) & ~Q(reason=""))
                | (Q(by__isnull=False) & ~Q(hand_reference="") & ~Q(reason="")),
                name="payments_refund_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(hand_reference="")
                | Q(
                    state__in=["waiting", "returned", "refused"],
                    attempts=0,
                    provider_id__isnull=True,
                    by__isnull=False,
                ),
                name="payments_refund_by_hand_never_sent",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(by__isnull=False) & ~Q(decided_by=F("by")),
                name="payments_refund_two_people",
            ),
            models.CheckConstraint(
                condition=Q(charge__isnull=False, payment__isnull=False, event__isnull=True, payment_ref="")
                | Q(charge__isnull=True, payment__isnull=True, event__isnull=False) & ~Q(payment_ref=""),
                name="payments_refund_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["payment_ref"],
                condition=Q(event__isnull=False) & ~Q(state__in=("failed", "refused")),
                name="payments_refund_unmatched_once",
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(cause__in=("twice", "not_due", "late"), hand_reference=""),
                name="payments_refund_one_automatic",
            ),
            models.UniqueConstraint(
                fields=["payment", "hand_reference"],
                condition=~Q(hand_reference="") & ~Q(state="refused"),
                name="payments_refund_by_hand_once",
            ),
            models.UniqueConstraint(
                fields=["instead_of"], condition=~Q(state="refused"), name="payments_refund_one_answer"
            ),
            at_most("reason", 300),
            at_most("hand_reference", 80),
            at_most("last_error", 300),
        )
        indexes = (
            models.Index(
                fields=["requested_at", "id"], condition=Q(state="requested"), name="payments_refund_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{format_cents(self.amount_cents)} {self.currency}, {self.get_state_display().lower()}"

    @property
    def provider_payment(self) -> str:
        """Return the provider's reference of the payment that is returned."""
        return (self.payment.provider_ref if self.payment else self.payment_ref) or ""

    @property
    def currency(self) -> str:
        return self.charge.currency if self.charge else self.payment_currency
