"""Charges, and the visits to the payment page on which they are paid (invariants 4 and 5)."""

from typing import ClassVar, NotRequired, Self, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.constraints import at_most


class ChargeLine(TypedDict):
    """One line of a charge, as its row keeps it."""

    code: str
    label: str
    amount_cents: int
    clause: NotRequired[str]
    text: NotRequired[str]


class ChargeQuerySet(models.QuerySet["Charge"]):
    def open(self) -> Self:
        return self.filter(state=Charge.State.OPEN)

    def of_amount(self, cents: int) -> Self:
        """Return the charges of which so many cents are due, waivers deducted (Q35)."""
        return self.filter(amount_cents=F("waived_cents") + cents)

    def with_payments(self) -> Self:
        """Prefetch what `payment_state` reads: visits to the payment page, the ledger, disputes."""
        return self.prefetch_related("sessions", "ledger", "disputes")

    def went_back(self) -> Self:
        """Return the paid charges of which less is kept than is due, after refunds and disputes;
        see `fee_went_back` (Q31).

        Annotates `kept`, the cents that are kept now. Of the newest decision about the fee it
        annotates `decided`, its verdict, and `decided_kept`, the cents that were kept when it was
        made.
        """

        def sum_of(path: str, **which: object) -> Coalesce:
            rows = Charge.objects.filter(
                pk=models.OuterRef("pk"), **{f"{path}__{k}": v for k, v in which.items()}
            )
            cents = rows.order_by().values("pk").annotate(cents=models.Sum(f"{path}__amount_cents"))
            return Coalesce(models.Subquery(cents.values("cents")), 0)

        back = sum_of("refunds", state__in=("waiting", "requested", "returned")) + sum_of(
            "disputes", state__in=("to_answer", "answered", "lost")
        )
        newest = Charge.objects.filter(pk=models.OuterRef("pk")).order_by("-fee_decisions__pk")
        every = Charge.objects.order_by()
        gave = (
            every.filter(refunds__isnull=False)
            .values("pk")
            .union(every.filter(disputes__isnull=False).values("pk"))
        )
        moved = self.filter(pk__in=gave, state=Charge.State.PAID)
        marked = Charge.objects.filter(pk__in=moved.values("pk")).annotate(
            back=back,
            kept=-sum_of("ledger", kind="payment") - models.F("back"),
            decided=Coalesce(models.Subquery(newest.values("fee_decisions__verdict")[:1]), models.Value("")),
            decided_kept=models.Subquery(newest.values("fee_decisions__kept_cents")[:1]),
        )
        found: Self = marked.filter(
            back__gt=0, kept__lt=F("amount_cents") - F("waived_cents"), waived_cents__lt=F("amount_cents")
        )  # type: ignore[assignment]  # the stubs lose Self after annotate
        return found


class Charge(models.Model):
    """An amount owed. A charge of 0 is possible, where the policy asks for no fee. `subject` names
    the row that the charge is for; this app knows nothing else about that row.

    What is due is the amount less what was waived after the charge was made (Q35).
    """

    class State(models.TextChoices):
        OPEN = "open", "To be paid"
        PAID = "paid", "Paid"
        VOID = "void", "Not due any more"

    OUT_OF_ORDER = "A charge that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.OPEN: {State.PAID, State.VOID},
        State.PAID: set(),
        State.VOID: set(),
    }

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="charges")
    subject = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, help_text="renewal or petition")
    description = models.CharField(
        max_length=160, help_text="As it stands on the payment page and the receipt."
    )
    lines = models.JSONField(default=list, help_text="Code, label and amount in cents of each line.")
    policy_version = models.CharField(
        "rules",
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="The policy and the first day of its version that gave the fees; empty before it was stored.",
    )
    amount_cents = models.PositiveIntegerField()
    waived_cents = models.PositiveIntegerField(
        default=0, help_text="What of it was waived since it was raised (Q35); it never becomes less."
    )
    paid_cents = models.PositiveIntegerField(
        null=True, help_text="What the payer paid when it was settled; nothing where nothing was left to pay."
    )
    currency = models.CharField(max_length=3)
    live = models.BooleanField(
        help_text="Real money; never settled by a test payment or the other way round."
    )
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField()
    pay_by = models.DateTimeField(
        null=True, help_text="Money that settles at this moment or later is returned (Q13). Empty: no limit."
    )
    paid_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ("-raised_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False, paid_cents__isnull=False)
                | (~Q(state="paid") & Q(paid_at__isnull=True, paid_cents__isnull=True)),
                name="payments_charge_paid_at",
            ),
            models.CheckConstraint(
                condition=Q(waived_cents__lte=F("amount_cents")), name="payments_charge_waived"
            ),
            at_most("policy_version", 60),
            models.CheckConstraint(
                condition=Q(paid_cents__isnull=True) | Q(paid_cents__lte=F("amount_cents")),
                name="payments_charge_paid",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(amount_cents=0) | Q(waived_cents__lt=F("amount_cents")),
                name="payments_charge_open_is_due",
            ),
            at_most("description", 160),
        )
        indexes = (
            models.Index(
                fields=["state", "-raised_at", "-id"],
                condition=Q(state__in=("open", "void")),
                name="payments_charge_unpaid",
            ),
            models.Index(fields=["-raised_at", "-id"], name="payments_charge_latest"),
        )

    def __str__(self) -> str:
        return self.description

    @property
    def due_cents(self) -> int:
        """Return what is due of the charge, waivers deducted (Q35)."""
        return self.amount_cents - self.waived_cents

    @property
    def waived_before_paid(self) -> int:
        """Return the amount of the receipt's line about waivers made before the charge was paid:
        zero or negative (Q35).
        """
        return (self.paid_cents or 0) - self.amount_cents if self.paid_cents else 0


class CheckoutSessionQuerySet(models.QuerySet["CheckoutSession"]):
    def living(self) -> Self:
        return self.filter(state__in=CheckoutSession.LIVING)

    def asking_too_much(self) -> Self:
        """Return the unpaid payment pages that ask for more than is due, because a part was waived
        after they were opened (Q35).
        """
        more = Q(amount_cents__gt=F("charge__amount_cents") - F("charge__waived_cents"))
        return self.filter(more, state__in=("opening", "open"))


class CheckoutSession(models.Model):
    """A visit to the provider's payment page. The row is committed before the provider is asked to
    open the page.
    """

    class State(models.TextChoices):
        OPENING = "opening", "Being opened"
        OPEN = "open", "Open"
        CONFIRMING = "confirming", "The bank is confirming"
        COMPLETE = "complete", "Paid"
        DECLINED = "declined", "Declined"
        EXPIRED = "expired", "Expired"

    LIVING = OPEN = ("opening", "open", "confirming")
    OUT_OF_ORDER = "A payment page that is {state} cannot become {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.OPENING: {State.OPEN, State.CONFIRMING, State.COMPLETE, State.DECLINED, State.EXPIRED},
        State.OPEN: {State.CONFIRMING, State.COMPLETE, State.DECLINED, State.EXPIRED},
        State.CONFIRMING: {State.COMPLETE, State.DECLINED},
        State.COMPLETE: set(),
        # Money that arrives all the same is credited or returned, never overlooked.
        State.DECLINED: {State.COMPLETE},
        State.EXPIRED: {State.COMPLETE},
    }

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="sessions")
    amount_cents = models.PositiveIntegerField(help_text="What the page asks for.")
    idempotency_key = models.CharField(max_length=64, unique=True)
    provider_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001 - unique, and unknown at first
    payment_ref = models.CharField(
        max_length=255, blank=True, help_text="The provider's name for the payment."
    )
    url = models.TextField(blank=True)
    return_url = models.TextField(help_text="Where the payer lands after paying.")
    cancel_url = models.TextField(help_text="Where the payer lands after turning back.")
    state = models.CharField(max_length=10, choices=State, default=State.OPENING)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    refused_at = models.DateTimeField(
        null=True, help_text="When a bank last said no on the page, where the payer may try again."
    )
    asked_at = models.DateTimeField(null=True, help_text="When we last asked the provider how it stands.")
    ended_at = models.DateTimeField(null=True)

    objects = CheckoutSessionQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(state__in=("opening", "open", "confirming")),
                name="payments_session_one_living",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("opening", "open", "confirming"), ended_at__isnull=True)
                | (~Q(state__in=("opening", "open", "confirming")) & Q(ended_at__isnull=False)),
                name="payments_session_one_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | (Q(provider_id__isnull=False) & ~Q(url="")),
                name="payments_session_open_has_url",
            ),
        )
        indexes = (
            models.Index(
                fields=["opened_at", "id"],
                condition=Q(state__in=("opening", "open", "confirming")),
                name="payments_session_living",
            ),
        )

    def __str__(self) -> str:
        return f"{self.provider_id or self.idempotency_key}, {self.get_state_display().lower()}"
