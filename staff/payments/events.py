"""What the provider told us, and the payments to match, as staff see them."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.pagination import CAP
from payments.matching import Point, credited_entry, expected_charge, money_of, points
from payments.models import ProviderEvent
from staff.actions import Tool
from staff.lists import ReadOnlyAdmin
from staff.payments import actions as acts
from staff.payments.actions import amount
from staff.today import QueueSummary, late_before

MATCH = "payments.match_providerevent"


def _expected(point: Point) -> str:
    """ ", expected 129.00: does not fit"."""
    if not point.ours:
        return ""
    fits = {True: ": fits", False: ": does not fit", None: ""}[point.fits]
    return f", expected {point.ours}{fits}"


def links(rows: Iterable[tuple[str, str]]) -> SafeString:
    """A list of (address, words); a dash when there are none."""
    items = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    return format_html('<ul class="plain">{}</ul>', items) if items else SafeString("–")


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    texts = ("event_id",)
    search_help_text = "The provider's own number of the event"
    list_display = ("received_at", "type", "state", "money", "note", "event_id")
    list_filter = ("state",)
    fields = (
        "received_at",
        "type",
        "state",
        "note",
        "compared",
        "answer",
        "answer_reason",
        "handled_by",
        "handled_at",
        "attempts",
        "event_id",
        "said",
    )

    def heading(self, row: ProviderEvent) -> str:
        money = self.money(row)
        return f"{money}: {row.get_state_display().lower()}" if money else str(row)

    def get_urls(self) -> list[URLPattern]:
        own = (("credit", acts.credit), ("send_back", acts.send_back), ("dismiss", acts.dismiss))
        return [*(self.act(name, make, MATCH) for name, make in own), *super().get_urls()]

    def tools(self, request: HttpRequest, row: ProviderEvent) -> list[Tool]:
        if row.state != ProviderEvent.State.PARKED or not request.user.has_perm(MATCH):
            return []
        money = money_of(row)
        free = money.arrived and money.payment_ref and not credited_entry(money)
        names = {"credit": "It is this charge", "send_back": "Return the money", "dismiss": "Nothing to do"}
        shown = names if free else {"dismiss": names["dismiss"]}
        return [Tool(label, self.address(name, row.pk)) for name, label in shown.items()]

    @admin.display(description="money")
    def money(self, event: ProviderEvent) -> str:
        money = money_of(event)
        return "" if money.amount_cents is None else amount(money.amount_cents, money.currency)

    @admin.display(description="what came, beside what was expected")
    def compared(self, event: ProviderEvent) -> SafeString:
        """A line for each point, then links to the charge and to where it stands already."""
        money = money_of(event)
        charge, entry = expected_charge(money), credited_entry(money)
        rows = ((one.name, one.came, _expected(one)) for one in points(money, charge))
        lines = format_html_join("", "<li><strong>{}</strong>: {}{}</li>", rows)
        known = []
        if charge:
            url = reverse("admin:payments_charge_change", args=[charge.pk])
            known.append((url, f"Expected: charge {charge.pk}, {charge}, {charge.trainer.name}"))
        if entry:
            url = reverse("admin:payments_ledgerentry_change", args=[entry.pk])
            known.append((url, f"Already credited to charge {entry.charge_id}"))
        nobody = "" if charge else acts.NOBODY
        return format_html('<ul class="plain">{}</ul>{} {}', lines, nobody, links(known) if known else "")

    @admin.display(description="what the provider said")
    def said(self, event: ProviderEvent) -> SafeString:
        return format_html('<pre class="letter" tabindex="0">{}</pre>', json.dumps(event.payload, indent=2))


@admin.site.queue_summary(2, "payments.view_providerevent")
def payments_to_match() -> list[QueueSummary]:
    parked = ProviderEvent.objects.filter(state=ProviderEvent.State.PARKED)
    late = Count("pk", filter=Q(received_at__lt=late_before(settings.TIME_ZONE)))
    found = parked.aggregate(oldest=Min("received_at"), late=late)
    url = acts.to_match()
    count = parked[: CAP + 1].count()
    return [
        QueueSummary(
            "Payments to match", count, url, "Money that fits no charge", found["oldest"], found["late"]
        )
    ]
