"""The journal, as finance sees it: rows with a filter by day, as CSV, and the balance."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from core import clock
from core.templatetags.words import signed_money, unbroken
from journal.balance import days_through
from journal.models import JournalEntry
from staff.lists import ReadOnlyAdmin
from staff.reports.span import span_filter
from trainers.models import Credential

HAPPENED = span_filter("at", "happened")
DAYS = 31  # of the page with the balance


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin[JournalEntry]):
    texts = ("certification__istartswith", "application__reference__istartswith", "reference")
    search_help_text = "A certification number, a renewal's reference, or the provider's own reference"
    ordering = ("-number",)
    list_display = ("number", "at", "kind", "amount", "credential", "renewal", "reference")
    list_filter = ("kind", HAPPENED)
    list_select_related = ("application",)
    fields = (*list_display, "about", "source", "written_at")

    def get_urls(self) -> list[URLPattern]:
        balance = self.admin_site.admin_view(self.balance)
        return [path("balance/", balance, name=self.url_name("balance")), *super().get_urls()]

    def balance(self, request: HttpRequest) -> HttpResponse:
        """Show for each day what the journal and the ledger have, and the difference."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        days = days_through(clock.today(settings.TIME_ZONE), DAYS)
        rows = [
            {
                "balance": one,
                "kinds": [
                    (JournalEntry.Kind(kind).label, signed_money(cents))
                    for kind, cents in sorted(one.kinds.items())
                ],
                "journal": signed_money(one.journal_cents),
                "ledger": signed_money(one.ledger_cents),
                "difference": signed_money(one.difference_cents),
            }
            for one in days
        ]
        context = {"title": "The journal beside the ledger", "rows": rows, "days": DAYS}
        return self.render_page(request, "admin/journal/journalentry/balance.html", context)

    @admin.display(description="amount")
    def amount(self, row: JournalEntry) -> str:
        return "" if row.amount_cents is None else f"{signed_money(row.amount_cents)} {row.currency}"

    @admin.display(description="certification")
    def credential(self, row: JournalEntry) -> str:
        return Credential(number=row.certification).display_number if row.certification else ""

    @admin.display(description="renewal")
    def renewal(self, row: JournalEntry) -> str:
        return unbroken(row.application.reference) if row.application else ""

    @admin.display(description="source")
    def source(self, row: JournalEntry) -> str:
        return f"ledger:{row.ledger_id}" if row.ledger_id else f"step:{row.step_id}"
