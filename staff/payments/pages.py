"""What finance reads: amounts in words, links to rows, and the ledger by month for spreadsheets."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.spreadsheet import csv_download
from payments.models import LedgerEntry
from payments.pages.account_statement import ALL_COLUMNS, months_until, rows_of_month, table_of_all
from rules.units import format_cents

PEOPLE = "The {holder}'s name, email address or certification number"  # what is found in a list


def money_words(cents: int, currency: str) -> str:
    """Return an amount such as "-129.00 USD"."""
    return f"{format_cents(cents)} {currency}"


def booking_words(entry: LedgerEntry) -> str:
    """Return a ledger row in words, such as "2027-03-02 payment -129.00 USD"."""
    day = clock.date_of(entry.at, settings.TIME_ZONE)
    return f"{day} {entry.get_kind_display().lower()} {money_words(entry.amount_cents, entry.currency)}"


def link_list(rows: Iterable[tuple[str, str]]) -> SafeString:
    """Return a list of links from (URL, words); a dash when there are none."""
    items = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    return format_html('<ul class="plain">{}</ul>', items) if items else SafeString("–")


def months_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Show the ledger by month; with `?month=2027-03`, send that month as a table to download."""
    zone = settings.TIME_ZONE
    found = months_until(clock.today(zone), zone)
    asked = request.GET.get("month")
    if asked is None:
        page = {**context, "title": "Statements by month", "months": found}
        return TemplateResponse(request, "admin/payments/months.html", page)
    first = next((month for month in found if f"{month:%Y-%m}" == asked), None)
    if first is None:
        raise Http404
    return _month_table(first, zone)


def _month_table(first: date, zone: str) -> HttpResponse:
    entries = rows_of_month(first, zone).iterator(chunk_size=2000)
    return csv_download(f"ledger-{first:%Y-%m}", ALL_COLUMNS, table_of_all(entries, zone))
