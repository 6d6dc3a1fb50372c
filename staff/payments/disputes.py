"""Disputes, and decisions about cases whose fee is not kept in full (Q31), as staff see them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock
from core.deadlines import full_day
from core.policy_words import in_policy_words
from payments import gateway
from payments.models import Dispute, FeeDecision
from payments.services.books import policy_of
from staff.actions import ActionLink
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.payments.pages import PEOPLE, money_words
from trainers.models import Trainer


class DisputeFilter(QueueFilter[Dispute]):
    """A filter of the list of disputes. Without a choice or a search it shows those that wait for
    our answer.
    """

    labels = {"answer": "To be answered", "bank": "The bank decides", "ended": "Ended", "all": "All"}
    usual = "answer"

    def parts(self, rows: "QuerySet[Dispute]") -> "dict[str, QuerySet[Dispute]]":
        return {
            "answer": rows.filter(state__in=Dispute.WITH_US),
            "bank": rows.filter(state=Dispute.State.ANSWERED),
            "ended": rows.filter(state__in=Dispute.ENDED),
        }


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin[Dispute]):
    person = "charge__trainer"
    texts = ("provider_id",)
    search_help_text = in_policy_words(f"{PEOPLE}, or the provider's own number of the dispute")
    list_display = ("provider_id", "who", "charge", "total", "reason", "state", "last_day", "closed_on")
    list_filter = (DisputeFilter,)
    list_select_related = ("charge__trainer",)
    ordering = ("answer_through", "pk")
    fields = (
        *("charge", "trainer", "payment", "total", "reason", "state", "last_day", "opened_on", "closed_on"),
        *("withdrawn_at", "reinstated_at", "lost_at", "won_at", "status", "told_at", "provider_id"),
    )

    def heading(self, row: Dispute) -> str:
        return f"Dispute of {money_words(row.amount_cents, row.charge.currency)}: {row.get_state_display().lower()}"

    def action_links(self, request: HttpRequest, row: Dispute) -> list[ActionLink]:
        """Return links to the provider's site, where the dispute is answered, and to the charge,
        where its fee is decided about.
        """
        found = []
        if row.state in Dispute.GOING_ON:
            address = gateway.site_address("disputes", row.provider_id, live=row.charge.live)
            found.append(ActionLink("Answer it at the provider", address))
        charge = reverse("admin:payments_charge_change", args=[row.charge_id])
        return [*found, ActionLink("The charge", charge)]

    @admin.display(description=in_policy_words("{holder}"))
    def trainer(self, dispute: Dispute) -> Trainer | None:
        return dispute.charge.trainer

    @admin.display(description="amount")
    def total(self, dispute: Dispute) -> str:
        return money_words(dispute.amount_cents, dispute.charge.currency)

    @admin.display(description="last day to answer")
    def last_day(self, dispute: Dispute) -> str | SafeString:
        return last_day_words(dispute)


def last_day_words(dispute: Dispute) -> str | SafeString:
    """Return the last day to answer with the time left, late ones in red; without the time when no
    answer is needed.
    """
    last = dispute.answer_through
    if dispute.state not in Dispute.WITH_US or last is None:
        return full_day(last) if last else "–"
    left = (last - clock.today(policy_of(dispute.charge).time_zone)).days
    if left < 0:
        days = "1 day" if left == -1 else f"{-left} days"
        return format_html('<span class="tag tag-bad">{}: {} late</span>', full_day(last), days)
    when = {0: "today", 1: "tomorrow"}.get(left, f"{left} days left")
    return f"{full_day(last)}: {when}"


@admin.register(FeeDecision)
class FeeDecisionAdmin(ReadOnlyAdmin[FeeDecision]):
    person = "charge__trainer"
    search_help_text = in_policy_words(PEOPLE)
    list_display = ("decided_at", "charge", "who", "verdict", "by")
    list_filter = ("verdict",)
    list_select_related = ("charge__trainer", "by")
    fields = ("charge", "verdict", "reason", "kept", "by", "decided_at")

    @admin.display(description="kept of the fee")
    def kept(self, decision: FeeDecision) -> str:
        return money_words(decision.kept_cents, decision.charge.currency)
