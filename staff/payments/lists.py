"""Charges, payments and what the provider told us, as staff see them."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from payments.models import Charge, CheckoutSession, LedgerEntry, Refund, RefundQuerySet
from payments.services import payment_state, still_kept
from payments.views import TAGS
from staff.actions import Act, Tool
from staff.lists import ReadOnlyAdmin
from staff.payments import actions as acts
from staff.payments.actions import amount
from staff.payments.events import links
from staff.payments.months import months
from staff.today import QueueSummary

PEOPLE = "The trainer's name, email address or certification number"
GIVE = "payments.give_refund"


@admin.register(Charge)
class ChargeAdmin(ReadOnlyAdmin):
    person = "trainer"
    texts = ("subject",)
    search_help_text = PEOPLE
    list_display = ("description", "number", "who", "total", "state", "raised_at", "paid_at")
    list_filter = ("state",)
    list_select_related = ("trainer",)
    fields = (
        "description",
        "number",
        "trainer",
        "fee_lines",
        "total",
        "state",
        "payment",
        "raised_at",
        "pay_by",
        "paid_at",
        "voided_at",
        "live",
        "subject",
        "booked",
        "given_back",
    )

    def tools(self, request: HttpRequest, row: Charge) -> list[Tool]:
        """One button for each payment of which something is kept; none for one's own money."""
        if not request.user.has_perm(GIVE) or row.trainer_id == request.user.pk:
            return []
        payments = row.ledger.filter(kind=LedgerEntry.Kind.PAYMENT).prefetch_related("refunds")
        return [
            Tool(
                f"Give back of {_booking(one)}" if len(payments) > 1 else "Give money back",
                reverse("admin:payments_ledgerentry_give_back", args=[one.pk]),
            )
            for one in payments
            if still_kept(one)
        ]

    @admin.display(description="number")
    def number(self, charge: Charge) -> str:
        return str(charge.pk)

    @admin.display(description="total")
    def total(self, charge: Charge) -> str:
        return amount(charge.amount_cents, charge.currency)

    @admin.display(description="lines")
    def fee_lines(self, charge: Charge) -> SafeString:
        lines = ((line["label"], amount(line["amount_cents"], charge.currency)) for line in charge.lines)
        return format_html('<ul class="plain">{}</ul>', format_html_join("", "<li>{}: {}</li>", lines))

    @admin.display(description="how the payment stands")
    def payment(self, charge: Charge) -> str:
        return TAGS[payment_state(charge)][1]

    @admin.display(description="ledger")
    def booked(self, charge: Charge) -> SafeString:
        rows = (
            (reverse("admin:payments_ledgerentry_change", args=[row.pk]), _booking(row))
            for row in charge.ledger.all()
        )
        return links(rows)

    @admin.display(description="refunds")
    def given_back(self, charge: Charge) -> SafeString:
        rows = (
            (
                reverse("admin:payments_refund_change", args=[one.pk]),
                f"{amount(one.amount_cents, charge.currency)}, {one.get_state_display().lower()}",
            )
            for one in charge.refunds.all()
        )
        return links(rows)


@admin.register(CheckoutSession)
class CheckoutSessionAdmin(ReadOnlyAdmin):
    person = "charge__trainer"
    texts = ("provider_id", "payment_ref")
    search_help_text = f"{PEOPLE}, or the provider's own reference"
    list_display = ("opened_at", "charge", "who", "state", "ended_at")
    list_filter = ("state",)
    list_select_related = ("charge__trainer",)
    fields = (
        "charge",
        "trainer",
        "state",
        "opened_at",
        "expires_at",
        "refused_at",
        "asked_at",
        "ended_at",
        "provider_id",
        "payment_ref",
        "idempotency_key",
    )

    def trainer(self, session: CheckoutSession) -> Any:
        return session.charge.trainer


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    person = "trainer"
    texts = ("provider_ref",)
    search_help_text = f"{PEOPLE}, or the provider's own reference"
    list_display = ("at", "kind", "signed_amount", "who", "charge", "reference", "by")
    list_filter = ("kind",)
    list_select_related = ("trainer", "charge", "by")
    fields = ("at", "kind", "signed_amount", "trainer", "charge", "reference", "by", "reason")

    def get_urls(self) -> list[URLPattern]:
        by_month = self.admin_site.admin_view(self.months)
        return [
            path("months/", by_month, name=self.url_name("months")),
            self.act("give_back", _of_a_payment(acts.give_back), GIVE),
            *super().get_urls(),
        ]

    def months(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return months(request, {**self.admin_site.each_context(request), "opts": self.opts})

    @admin.display(description="amount")
    def signed_amount(self, entry: LedgerEntry) -> str:
        return amount(entry.amount_cents, entry.currency)


class Shows(admin.SimpleListFilter):
    """What the provider refused and nobody made good."""

    title, parameter_name = "what is to be done", "shows"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("failed", "Failed, and not returned since")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Refund]") -> "QuerySet[Refund]":
        return cast(RefundQuerySet, queryset).unanswered() if self.value() == "failed" else queryset


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    person = "charge__trainer"
    texts = ("hand_reference",)
    search_help_text = f"{PEOPLE}, or the reference of a bank transfer or check"
    list_display = ("requested_at", "charge", "total", "cause", "how", "state", "ended_at")
    list_filter = ("state", "cause", Shows)
    list_select_related = ("charge__trainer",)
    fields = (
        "charge",
        "payment",
        "event",
        "total",
        "cause",
        "reason",
        "how",
        "state",
        "instead_of",
        "made_good",
        "requested_at",
        "ended_at",
        "by",
        "decided_by",
        "decided_at",
        "attempts",
        "last_error",
        "provider_id",
    )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == Shows.parameter_name or super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[URLPattern]:
        own = (("approve", acts.approve), ("refuse", acts.refuse), ("by_hand", acts.by_hand))
        return [*(self.act(name, make, GIVE) for name, make in own), *super().get_urls()]

    def tools(self, request: HttpRequest, row: Refund) -> list[Tool]:
        """To decide, for a second person alone: neither who asked nor whose money it is. By hand, where the provider said no."""
        own_money = row.charge and row.charge.trainer_id == request.user.pk
        if own_money or not request.user.has_perm(GIVE):
            return []
        if Refund.objects.filter(pk=row.pk).unanswered().exists():
            return [Tool("It was returned by hand", self.address("by_hand", row.pk))]
        if row.state != Refund.State.WAITING or row.by_id == request.user.pk:
            return []
        return [
            Tool("Approve", self.address("approve", row.pk)),
            Tool("Refuse", self.address("refuse", row.pk)),
        ]

    @admin.display(description="amount")
    def total(self, refund: Refund) -> str:
        return amount(refund.amount_cents, refund.currency)

    @admin.display(description="made good by")
    def made_good(self, refund: Refund) -> SafeString:
        return links(
            (self.address("change", one.pk), f"{one} ({self.how(one)})")
            for one in refund.answers.order_by("pk")
        )

    @admin.display(description="how")
    def how(self, refund: Refund) -> str:
        return f"By hand, {refund.hand_reference}" if refund.hand_reference else "By the provider"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Refund]":
        return super().get_queryset(request).select_related("charge__trainer", "by")


@admin.site.queue_summary(3, "payments.view_refund")
def refunds_for_people() -> list[QueueSummary]:
    """One query for both: those that wait for a second person, and those that the provider refused and nobody made good."""
    steps = (Refund.State.WAITING, Refund.State.FAILED)
    waits = Refund.objects.filter(state=Refund.State.WAITING)
    rows = (waits | Refund.objects.unanswered()).order_by().values("state")
    counted = {row["state"]: row for row in rows.annotate(count=Count("pk"), oldest=Min("requested_at"))}
    none = {"count": 0, "oldest": None}
    waiting, failed = (cast(dict[str, Any], counted.get(step, none)) for step in steps)
    url = reverse("admin:payments_refund_changelist")
    second = "Somebody else than who asked decides"
    by_hand = "The provider said no: give the money back by hand, and record it"
    return [
        QueueSummary(
            "Refunds to approve", waiting["count"], f"{url}?state__exact=waiting", second, waiting["oldest"]
        ),
        QueueSummary(
            "Refunds that failed", failed["count"], f"{url}?shows=failed", by_hand, late=failed["count"]
        ),
    ]


def _of_a_payment(
    make: Callable[[HttpRequest, LedgerEntry], Act],
) -> Callable[[HttpRequest, LedgerEntry], Act]:
    """`make` for rows of the ledger that are payments; any other is not there."""

    def made(request: HttpRequest, entry: LedgerEntry) -> Act:
        if entry.kind != LedgerEntry.Kind.PAYMENT:
            raise Http404
        return make(request, entry)

    return made


def _booking(row: LedgerEntry) -> str:
    day = clock.date_of(row.at, settings.TIME_ZONE)
    return f"{day} {row.get_kind_display().lower()} {amount(row.amount_cents, row.currency)}"
