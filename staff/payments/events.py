"""The provider's messages as staff see them: those to match, beside what was expected, and warnings
of fraud.
"""

import json

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from payments.gateway import FRAUD_WARNING
from payments.matching import Comparison, credited_entry, expected_charge, matching_points, money_of
from payments.models import ProviderEvent
from staff.actions import ActionLink
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.payments import actions
from staff.payments.pages import link_list, money_words

MATCH = "payments.match_providerevent"


class WarningFilter(QueueFilter[ProviderEvent]):
    """A filter that narrows the list to early fraud warnings that nobody has handled."""

    title = "what is to be done"
    labels = {"warnings": "Early fraud warnings"}

    def parts(self, rows: "QuerySet[ProviderEvent]") -> "dict[str, QuerySet[ProviderEvent]]":
        return {"warnings": rows.filter(type=FRAUD_WARNING, state=ProviderEvent.State.PARKED)}


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin[ProviderEvent]):
    texts = ("event_id",)
    search_help_text = "The provider's own number of the event"
    list_display = ("received_at", "type", "state", "money", "note", "event_id")
    list_filter = ("state", WarningFilter)
    fields = (
        *("received_at", "type", "state", "note", "compared", "answer", "answer_reason"),
        *("handled_by", "handled_at", "attempts", "event_id", "said"),
    )

    def heading(self, row: ProviderEvent) -> str:
        money = self.money(row)
        return f"{money}: {row.get_state_display().lower()}" if money else str(row)

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("credit", actions.action_to_credit, MATCH),
            self.action("send_back", actions.action_to_send_back, MATCH),
            self.action("dismiss", actions.action_to_dismiss, MATCH),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: ProviderEvent) -> list[ActionLink]:
        if row.state != ProviderEvent.State.PARKED or not request.user.has_perm(MATCH):
            return []
        money = money_of(row)
        free = money.arrived and money.payment_ref and not credited_entry(money)
        names = {"credit": "It is this charge", "send_back": "Return the money", "dismiss": "Nothing to do"}
        shown = names if free else {"dismiss": names["dismiss"]}
        return [ActionLink(label, self.address(name, row.pk)) for name, label in shown.items()]

    @admin.display(description="money")
    def money(self, event: ProviderEvent) -> str:
        money = money_of(event)
        return "" if money.amount_cents is None else money_words(money.amount_cents, money.currency)

    @admin.display(description="what came, beside what was expected")
    def compared(self, event: ProviderEvent) -> SafeString:
        """Return a line for each compared value, then links to the charge and to the ledger entry,
        if the payment has one.
        """
        money = money_of(event)
        charge, entry = expected_charge(money), credited_entry(money)
        rows = ((one.name, one.came, _expected_words(one)) for one in matching_points(money, charge))
        lines = format_html_join("", "<li><strong>{}</strong>: {}{}</li>", rows)
        known = []
        if charge:
            url = reverse("admin:payments_charge_change", args=[charge.pk])
            known.append((url, f"Expected: charge {charge.pk}, {charge}, {charge.trainer.name}"))
        if entry:
            url = reverse("admin:payments_ledgerentry_change", args=[entry.pk])
            known.append((url, f"Already credited to charge {entry.charge_id}"))
        nobody = "" if charge else actions.NOBODY
        return format_html('<ul class="plain">{}</ul>{} {}', lines, nobody, link_list(known) if known else "")

    @admin.display(description="what the provider said")
    def said(self, event: ProviderEvent) -> SafeString:
        return format_html('<pre class="letter" tabindex="0">{}</pre>', json.dumps(event.payload, indent=2))


def _expected_words(point: Comparison) -> str:
    """Return the expected value of one comparison, such as ", expected 129.00: does not fit"."""
    if not point.ours:
        return ""
    fits = {True: ": fits", False: ": does not fit", None: ""}[point.fits]
    return f", expected {point.ours}{fits}"
