"""Charges, payments and refunds, as staff see them."""

from collections.abc import Callable
from typing import cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.policy_words import in_policy_words
from hardship.checks import WAIVE
from payments.gateway import site_address
from payments.models import Charge, CheckoutSession, LedgerEntry, Refund, RefundQuerySet
from payments.pages.tags import tag_of
from payments.services.refund_checks import still_kept
from staff.actions import Action, ActionLink
from staff.filters import QueueFilter
from staff.hardship.pages import waive_of_charge_page
from staff.lists import ReadOnlyAdmin
from staff.payments import actions, fees
from staff.payments.pages import PEOPLE, booking_words, link_list, money_words, months_page
from staff.payments.waivers import total_words, waive_links, waivers_of
from staff.reports.filters import MOVED, PaidOutFilter, WhatForFilter
from trainers.models import Trainer

OPEN_FEE, CLOSED_FEE = "payments.decide_open_fee", "payments.decide_closed_fee"
GIVE = "payments.give_refund"


class FeeFilter(QueueFilter[Charge]):
    """A filter that narrows the list to charges whose fee waits for a decision (Q31)."""

    title = "what is to be done"
    labels = {
        "open": "Fee went back, not decided yet",
        "closed": "Fee went back after the approval",
        "back": "Fee here again, not restored",
    }

    def parts(self, rows: "QuerySet[Charge]") -> "dict[str, QuerySet[Charge]]":
        return {
            "open": fees.open_fees(rows),
            "closed": fees.closed_fees(rows),
            "back": fees.fees_here_again(rows),
        }


@admin.register(Charge)
class ChargeAdmin(ReadOnlyAdmin[Charge]):
    person = "trainer"
    texts = ("subject",)
    search_help_text = in_policy_words(PEOPLE)
    list_display = ("description", "number", "who", "total", "state", "raised_at", "paid_at")
    list_filter = ("state", FeeFilter)
    list_select_related = ("trainer",)
    fields = (
        *("description", "number", "trainer", "fee_lines", "total", "waivers", "due", "state"),
        "payment",
        *("raised_at", "pay_by", "paid_at", "voided_at", "live", "subject", "booked", "given_back"),
        *("disputed", "policy_version"),
    )

    def get_urls(self) -> list[URLPattern]:
        decide = self.action("decide_fee", fees.action_to_decide_open, OPEN_FEE)
        decide_closed = self.action("decide_closed_fee", fees.action_to_decide_closed, CLOSED_FEE)
        waive = self.page("waive", waive_of_charge_page, WAIVE)
        return [decide, decide_closed, waive, *super().get_urls()]

    def action_links(self, request: HttpRequest, row: Charge) -> list[ActionLink]:
        """Return a button for a decision about the charge's fee, and one for each payment of which
        something is kept; none for one's own money.
        """
        if row.trainer_id == request.user.pk:
            return []
        return [
            *self._fee_links(request, row),
            *waive_links(request, row, self.address("waive", row.pk)),
            *self._give_back_links(request, row),
        ]

    def _fee_links(self, request: HttpRequest, row: Charge) -> list[ActionLink]:
        waits = fees.fee_case(row)
        restores = request.user.has_perm(CLOSED_FEE) and fees.address_to_restore(row)
        if restores:
            return [ActionLink("The fee is here again: restore what it ended", restores)]
        if waits is None or not request.user.has_perm(OPEN_FEE if waits.is_open else CLOSED_FEE):
            return []
        name = "decide_fee" if waits.is_open else "decide_closed_fee"
        return [ActionLink("Decide: the fee went back", self.address(name, row.pk))]

    def _give_back_links(self, request: HttpRequest, row: Charge) -> list[ActionLink]:
        if not request.user.has_perm(GIVE):
            return []
        payments = row.ledger.filter(kind=LedgerEntry.Kind.PAYMENT).prefetch_related("refunds", "disputes")
        return [
            ActionLink(
                f"Give back of {booking_words(one)}" if len(payments) > 1 else "Give money back",
                reverse("admin:payments_ledgerentry_give_back", args=[one.pk]),
            )
            for one in payments
            if still_kept(one) > 0
        ]

    @admin.display(description="number")
    def number(self, charge: Charge) -> str:
        return str(charge.pk)

    @admin.display(description="total")
    def total(self, charge: Charge) -> str:
        return total_words(charge)

    @admin.display(description="due")
    def due(self, charge: Charge) -> str:
        return money_words(charge.due_cents, charge.currency)

    @admin.display(description="waived")
    def waivers(self, charge: Charge) -> SafeString:
        return waivers_of(charge)

    @admin.display(description="lines")
    def fee_lines(self, charge: Charge) -> SafeString:
        lines = ((line["label"], money_words(line["amount_cents"], charge.currency)) for line in charge.lines)
        return format_html('<ul class="plain">{}</ul>', format_html_join("", "<li>{}: {}</li>", lines))

    @admin.display(description="how the payment stands")
    def payment(self, charge: Charge) -> str:
        return tag_of(charge, at=clock.now())[1]

    @admin.display(description="ledger")
    def booked(self, charge: Charge) -> SafeString:
        rows = (
            (reverse("admin:payments_ledgerentry_change", args=[row.pk]), booking_words(row))
            for row in charge.ledger.all()
        )
        return link_list(rows)

    @admin.display(description="refunds")
    def given_back(self, charge: Charge) -> SafeString:
        rows = (
            (
                reverse("admin:payments_refund_change", args=[one.pk]),
                f"{money_words(one.amount_cents, charge.currency)}, {one.get_state_display().lower()}",
            )
            for one in charge.refunds.all()
        )
        return link_list(rows)

    @admin.display(description="disputes")
    def disputed(self, charge: Charge) -> SafeString:
        rows = charge.disputes.all()
        return link_list((reverse("admin:payments_dispute_change", args=[one.pk]), str(one)) for one in rows)


@admin.register(CheckoutSession)
class CheckoutSessionAdmin(ReadOnlyAdmin[CheckoutSession]):
    person = "charge__trainer"
    texts = ("provider_id", "payment_ref")
    search_help_text = in_policy_words(f"{PEOPLE}, or the provider's own reference")
    list_display = ("opened_at", "charge", "who", "state", "ended_at")
    list_filter = ("state",)
    list_select_related = ("charge__trainer",)
    fields = (
        *("charge", "trainer", "state", "opened_at", "expires_at", "refused_at", "asked_at"),
        *("ended_at", "provider_id", "payment_ref", "idempotency_key"),
    )

    @admin.display(description=in_policy_words("{holder}"))
    def trainer(self, session: CheckoutSession) -> Trainer:
        return session.charge.trainer


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin[LedgerEntry]):
    person = "trainer"
    texts = ("provider_ref",)
    search_help_text = in_policy_words(f"{PEOPLE}, or the provider's own reference")
    list_display = ("at", "kind", "signed_amount", "who", "charge", "reference", "by")
    list_filter = ("kind", WhatForFilter, PaidOutFilter, MOVED)
    list_select_related = ("trainer", "charge", "by")
    fields = ("at", "kind", "signed_amount", "trainer", "charge", "reference", "by", "reason")

    def get_urls(self) -> list[URLPattern]:
        by_month = self.admin_site.admin_view(self.months)
        return [
            path("months/", by_month, name=self.url_name("months")),
            self.action("give_back", _for_payments(actions.action_to_give_back), GIVE),
            *super().get_urls(),
        ]

    def months(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return months_page(request, {**self.admin_site.each_context(request), "opts": self.opts})

    def action_links(self, request: HttpRequest, row: LedgerEntry) -> list[ActionLink]:
        """Return the link to refund a payment, while some of it is kept, and the link to the
        payment on the provider's site.
        """
        if row.kind != LedgerEntry.Kind.PAYMENT:
            return []
        found = []
        is_own = row.charge.trainer_id == request.user.pk
        if request.user.has_perm(GIVE) and not is_own and still_kept(row) > 0:
            found.append(ActionLink("Give money back", self.address("give_back", row.pk)))
        if row.provider_ref:
            found.append(
                ActionLink(
                    "At the provider", site_address("payments", row.provider_ref, live=row.charge.live)
                )
            )
        return found

    @admin.display(description="amount")
    def signed_amount(self, entry: LedgerEntry) -> str:
        return money_words(entry.amount_cents, entry.currency)


class RefundFilter(QueueFilter[Refund]):
    """A filter that narrows the list to failed refunds that nobody has replaced."""

    title = "what is to be done"
    labels = {"failed": "Failed, and not returned since"}

    def parts(self, rows: "QuerySet[Refund]") -> "dict[str, QuerySet[Refund]]":
        return {"failed": cast(RefundQuerySet, rows).unanswered()}


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin[Refund]):
    person = "charge__trainer"
    texts = ("hand_reference",)
    search_help_text = in_policy_words(f"{PEOPLE}, or the reference of a bank transfer or check")
    list_display = ("requested_at", "charge", "total", "cause", "how", "state", "ended_at")
    list_filter = ("state", "cause", RefundFilter)
    list_select_related = ("charge__trainer",)
    fields = (
        *("charge", "payment", "event", "total", "cause", "reason", "how", "state"),
        *("instead_of", "made_good", "requested_at", "ended_at", "by", "decided_by"),
        *("decided_at", "attempts", "last_error", "provider_id"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("approve", actions.action_to_approve, GIVE),
            self.action("refuse", actions.action_to_refuse, GIVE),
            self.action("by_hand", actions.action_to_record_by_hand, GIVE),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Refund) -> list[ActionLink]:
        """Return the buttons for a second person, who neither requested the refund nor gets the
        money.

        A failed refund can be recorded as made by hand.
        """
        own_money = row.charge and row.charge.trainer_id == request.user.pk
        if own_money or not request.user.has_perm(GIVE):
            return []
        if Refund.objects.filter(pk=row.pk).unanswered().exists():
            return [ActionLink("It was returned by hand", self.address("by_hand", row.pk))]
        if row.state != Refund.State.WAITING or row.by_id == request.user.pk:
            return []
        return [
            ActionLink("Approve", self.address("approve", row.pk)),
            ActionLink("Refuse", self.address("refuse", row.pk)),
        ]

    @admin.display(description="amount")
    def total(self, refund: Refund) -> str:
        return money_words(refund.amount_cents, refund.currency)

    @admin.display(description="made good by")
    def made_good(self, refund: Refund) -> SafeString:
        return link_list(
            (self.address("change", one.pk), f"{one} ({self.how(one)})")
            for one in refund.answers.order_by("pk")
        )

    @admin.display(description="how")
    def how(self, refund: Refund) -> str:
        return f"By hand, {refund.hand_reference}" if refund.hand_reference else "By the provider"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Refund]":
        return super().get_queryset(request).select_related("charge__trainer", "by")


def _for_payments(make: Callable[[LedgerEntry, Trainer], Action]) -> Callable[[LedgerEntry, Trainer], Action]:
    """Return `make` for ledger rows that are payments; any other row gets a 404."""

    def make_for_payment(entry: LedgerEntry, by: Trainer) -> Action:
        if entry.kind != LedgerEntry.Kind.PAYMENT:
            raise Http404
        return make(entry, by)

    return make_for_payment
