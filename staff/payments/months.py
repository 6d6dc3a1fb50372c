"""The ledger by month, for spreadsheets: a page with the months, and with `?month=2027-03` the table of that one."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core import clock
from core.spreadsheet import csv_download
from payments.pages.account_statement import ALL_COLUMNS, months_until, rows_of_month, table_of_all


def months(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page, or the download of the month that is asked for."""
    zone = settings.TIME_ZONE
    found = months_until(clock.today(zone), zone)
    asked = request.GET.get("month")
    if asked is None:
        page = {**context, "title": "Statements by month", "months": found}
        return TemplateResponse(request, "admin/payments/months.html", page)
    first = next((month for month in found if f"{month:%Y-%m}" == asked), None)
    if first is None:
        raise Http404
    return _download(first, zone)


def _download(first: date, zone: str) -> HttpResponse:
    entries = rows_of_month(first, zone).iterator(chunk_size=2000)
    return csv_download(f"ledger-{first:%Y-%m}", ALL_COLUMNS, table_of_all(entries, zone))
