"""The page of the report, and its table for a spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from core import clock
from core.forms import PlainForm
from core.spreadsheet import csv_download, text_cell
from payments.models import Difference
from rules.units import format_cents
from staff.actions import staff_user
from staff.payments.reconciling import Reconciled, reconcile_span
from staff.reports import charts, months
from staff.reports.figures import Figure, figures_of
from staff.reports.filters import rows_url
from staff.reports.money import (
    ROOMS,
    DecidedBy,
    MoneyLine,
    money_lines,
    payout_lines,
    waived_line,
    work_of,
)
from staff.reports.promise import promised_days
from staff.reports.span import LONGEST, Span, last_week, parse_span
from trainers.services.wishes import set_weekly_report

COLUMNS = ("Part", "What", "Of", "Number")


class DaysForm(PlainForm):
    """The form for the first and the last day of a report."""

    first = forms.DateField(
        label="First day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Choose the first day."),
    )
    last = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Choose the last day."),
    )

    def clean(self) -> dict[str, object]:
        answers = super().clean() or self.cleaned_data
        if (
            "first" in answers
            and "last" in answers
            and parse_span(str(Span(answers["first"], answers["last"]))) is None
        ):
            raise ValidationError(
                {"last": f"Choose a last day from the first day on, at most {LONGEST} days in all."}
            )
        return answers


@dataclass(frozen=True)
class Report:
    """Everything that one report shows."""

    span: Span
    figures: list[Figure]
    prices: months.Prices
    waits: list[months.WaitedMonth]
    expiring: list[months.ExpiringMonth]
    money: list[MoneyLine]
    reconciled: Reconciled
    differing: int
    work: list[DecidedBy]
    waived: MoneyLine

    @property
    def kept_cents(self) -> int:
        return sum(line.cents for line in self.money)

    @property
    def money_url(self) -> str:
        """Return the address of all rows of money of the span."""
        return rows_url("payments_ledgerentry", at=self.span, paid="all")

    @property
    def payouts(self) -> list[MoneyLine]:
        return payout_lines(self.reconciled)

    @property
    def price_bars(self) -> charts.Chart:
        return charts.stacked_bars(
            _names(self.prices.months), [[cell.count for cell in one.cells] for one in self.prices.months]
        )

    @property
    def wait_lines(self) -> charts.Chart:
        series = {"half": [one.half for one in self.waits], "9 of 10": [one.most for one in self.waits]}
        return charts.lines_over(
            _names(self.waits), series, promised_days(settings.PORTAL_POLICY, self.span.last)
        )

    @property
    def expiry_bars(self) -> charts.Chart:
        return charts.level_bars(_names(self.expiring), [one.expire.count for one in self.expiring])


def make_report(span: Span, today: date) -> Report:
    """Return the report of `span`; the months in which certifications expire are counted from
    `today`.
    """
    return Report(
        span,
        figures_of(span),
        months.renewals_by_price(span.last),
        months.petition_waits(span.last),
        months.expiring_ahead(today),
        money_lines(span),
        reconcile_span(span),
        Difference.objects.open().count(),
        work_of(span),
        waived_line(span),
    )


def report_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Answer with the report of the days that the query names, by default of last week.

    Links use `?days=2026-11-23..2026-11-29`, the form `?first=…&last=…`; `&as=csv` gives a table.
    """
    today = clock.today(settings.TIME_ZONE)
    form = DaysForm(request.GET if "first" in request.GET else None)
    usual = parse_span(request.GET.get("days", "")) or last_week(today)
    asked = Span(form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else usual
    report = make_report(asked, today)
    if request.GET.get("as") == "csv" and not form.errors:
        return csv_download(f"report-{asked.first}-{asked.last}", COLUMNS, table_of(report))
    page = {
        **context,
        "title": "Last week" if asked == last_week(today) else asked.words,
        "report": report,
        "rooms": list(ROOMS),
        "form": form if form.is_bound else DaysForm(initial={"first": asked.first, "last": asked.last}),
        "wants_weekly": staff_user(request).wants_weekly_report,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "admin/report.html", page, status=status)


@require_POST
def choose_weekly(request: HttpRequest) -> HttpResponse:
    """Switch the weekly report by mail on or off for the signed-in person, then redirect to the
    report.
    """
    person = staff_user(request)
    wants = bool(request.POST.get("wants"))
    set_weekly_report(person, wants=wants, by=person, at=clock.now())
    said = "You get the report by mail every Monday." if wants else "You get no report by mail any more."
    messages.success(request, said)
    return redirect("admin:reports")


def table_of(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the report for a spreadsheet, in the order of `COLUMNS`."""
    days = str(report.span)
    for figure in report.figures:
        yield "Figures", figure.label, days, text_cell(figure.value)
    for priced in report.prices.months:
        for label, cell in zip(report.prices.labels, priced.cells, strict=True):
            yield "Renewals by price", label, f"{priced.month.first:%Y-%m}", str(cell.count)
    for waited in report.waits:
        month = f"{waited.month.first:%Y-%m}"
        yield "Petitions", "decided", month, str(waited.decided.count)
        yield "Petitions", "half within, business days", month, _or_nothing(waited.half)
        yield "Petitions", "9 of 10 within, business days", month, _or_nothing(waited.most)
    for ahead in report.expiring:
        yield "Expiring", "expire", f"{ahead.month.first:%Y-%m}", str(ahead.expire.count)
        yield "Expiring", "renewed already", f"{ahead.month.first:%Y-%m}", str(ahead.renewed.count)
    waived = [report.waived] if report.waived.rows.count else []
    for line in (*report.money, *waived):
        yield "Money", line.label, days, _amount_cell(line.cents)
    for line in report.payouts:
        yield "Payouts", line.label, days, _amount_cell(line.cents)
    yield "Payouts", "To the bank", days, _amount_cell(report.reconciled.net)
    for one in report.work:
        for room, cell in zip(ROOMS, one.cells, strict=True):
            yield f"Work: {room.lower()}", text_cell(one.name), days, str(cell.count)


def _names(found: Sequence[months.PricedMonth | months.WaitedMonth | months.ExpiringMonth]) -> list[str]:
    return [f"{one.month.first:%b}" for one in found]


def _amount_cell(cents: int) -> str:
    return text_cell(format_cents(cents))


def _or_nothing(number: int | None) -> str:
    return "" if number is None else str(number)
