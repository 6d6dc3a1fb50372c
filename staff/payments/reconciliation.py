"""The page that sets our ledger beside the provider's payouts, by month or by day of one month, and its table."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from core.deadlines import full_day
from core.spreadsheet import csv_download
from payments.models import Difference, Payout
from rules.units import format_cents
from staff.payments.reconciling import Reconciled, reconcile_days, reconcile_months
from staff.reports.span import Span, month_of, months_through

if TYPE_CHECKING:
    from staff.lists import StaffAdmin

MONTHS = 6  # on one page
COLUMNS = (
    *("First day", "Last day", "Payments", "Refunds", "Disputes", "Our ledger", "Went by hand"),
    *("In payouts", "Differs by", "Not paid out yet", "Only in payouts", "Fees", "To the bank"),
)


def reconciliation_page(room: "StaffAdmin[Payout]", request: HttpRequest) -> HttpResponse:
    """Answer with six months up to `?through=2027-03`, or with the days of `?month=2027-03`; `&as=csv` for a table."""
    if not room.has_view_permission(request):
        raise PermissionDenied
    today = clock.today(settings.TIME_ZONE)
    month = _asked(request, "month")
    last = _asked(request, "through") or month_of(today)
    if month is None:
        spans = months_through(last.first, MONTHS)
        rows = reconcile_months(spans)
    else:
        spans, rows = [month], reconcile_days(month)
    if request.GET.get("as") == "csv":
        return csv_download(f"reconciliation-{spans[0].first}-{spans[-1].last}", COLUMNS, table_of(rows))
    page = {
        "title": f"Reconciliation, {month.first:%B %Y}" if month else "Reconciliation by month",
        "rows": [(_label(row.span), _month_code(row.span) if month is None else "", row) for row in rows],
        "month": month,
        "table_query": f"month={_month_code(month)}" if month else f"through={_month_code(last)}",
        "earlier": _month_code(spans[0].before),
        "open": Difference.objects.open().count(),
    }
    return room.render_page(request, "admin/payments/reconciliation.html", page)


def table_of(rows: list[Reconciled]) -> Iterator[tuple[str, ...]]:
    """Yield the rows for a spreadsheet, in the order of `COLUMNS`."""
    for row in rows:
        cents = (
            *(row.ledger["payments"], row.ledger["refunds"], row.ledger["disputes"], row.total, row.by_hand),
            *(row.gross, row.differs, row.waiting, row.other, -row.all_fees, row.net),
        )
        yield (str(row.span.first), str(row.span.last), *map(format_cents, cents))


def _asked(request: HttpRequest, name: str) -> Span | None:
    """Return the month that the URL names; None when it names none. Raises Http404 for anything
    that is not a month.
    """
    text = request.GET.get(name)
    if text is None:
        return None
    try:
        found = month_of(date.fromisoformat(f"{text}-01"))
    except (ValueError, OverflowError):
        raise Http404 from None
    if not date(1970, 1, 1) <= found.first <= date(9000, 1, 1):
        raise Http404
    return found


def _label(span: Span) -> str:
    return full_day(span.first) if span.first == span.last else f"{span.first:%B %Y}"


def _month_code(span: Span | None) -> str:
    return f"{span.first:%Y-%m}" if span else ""
