"""Our ledger beside the provider's payouts, by day or month: what moved, how much of it is paid
out, and what waits for a payout.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, DateTimeField, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDay, TruncMonth

from payments.models import LedgerEntry, PayoutLine
from rules.days import add_days
from staff.reports.filters import rows_url
from staff.reports.span import Span

Trunc = type[TruncDay | TruncMonth]
KINDS = {  # how the five kinds of money are added up
    "payment": "payments",
    "refund": "refunds",
    "undone": "refunds",
    "dispute": "disputes",
    "won": "disputes",
}


@dataclass
class Reconciled:
    """The money of some days, in cents; positive is what we received.

    `ledger` is what our ledger says by kind, without what finance refunded by hand (`by_hand`),
    which the provider never sees. `linked` is the part of it that is in payouts; of these lines the
    provider states the amount `gross` and the `fees` that it kept. `other` is what payouts contain
    besides: undecided disputes, the provider's own fees, and what is not in our ledger.
    """

    span: Span
    ledger: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS.values(), 0))
    rows: int = 0
    by_hand: int = 0
    linked: int = 0
    linked_rows: int = 0
    gross: int = 0
    fees: int = 0
    other: int = 0
    other_fees: int = 0
    other_rows: int = 0

    @property
    def total(self) -> int:
        """Return the sum of the money in our ledger, without refunds by hand."""
        return sum(self.ledger.values())

    @property
    def waiting(self) -> int:
        """Return the part of our ledger that is in no payout yet."""
        return self.total - self.linked

    @property
    def waiting_rows(self) -> int:
        return self.rows - self.linked_rows

    @property
    def differs(self) -> int:
        """Return by how much the provider's amounts differ from our ledger's, for the entries that
        both have.
        """
        return self.gross - self.linked

    @property
    def has_rows(self) -> bool:
        return bool(self.rows or self.by_hand or self.other_rows)

    @property
    def all_fees(self) -> int:
        return self.fees + self.other_fees

    @property
    def net(self) -> int:
        """Return the amount that was paid out to the bank."""
        return self.gross + self.other - self.all_fees

    @property
    def urls(self) -> dict[str, str]:
        """Return, for each figure, the URL of the list of rows that it counts."""
        ledger, lines = "payments_ledgerentry", "payments_payoutline"
        parts = ("moved", "payments", "refunds", "disputes", "hand", "waiting")
        return {
            **{part: rows_url(ledger, at=self.span, paid=part) for part in parts},
            "linked": rows_url(lines, entry__at=self.span),
            "other": rows_url(lines, happened_at=self.span, shows="other"),
        }


def reconcile_span(span: Span) -> Reconciled:
    """Return the money of a span as one row. Three queries."""
    return reconcile_spans([span], None)[0]


def reconcile_days(month: Span) -> list[Reconciled]:
    """Return the money of each day of a month on which any money moved, the newest day first. Three
    queries.
    """
    days = [add_days(month.first, number) for number in range((month.last - month.first).days + 1)]
    return [
        row for row in reversed(reconcile_spans([Span(day, day) for day in days], TruncDay)) if row.has_rows
    ]


def reconcile_months(months: list[Span]) -> list[Reconciled]:
    """Return the money of each of these months, which follow each other, the newest first. Three queries."""
    return reconcile_spans(months, TruncMonth)[::-1]


def reconcile_spans(spans: list[Span], trunc: Trunc | None) -> list[Reconciled]:
    """Return a row for each span; `trunc` finds the first day of a moment's span, None where there is one span."""
    whole = Span(spans[0].first, spans[-1].last)
    found = {span.first: Reconciled(span) for span in spans}

    def row_of(moment: datetime | None) -> Reconciled:
        return found[moment.date() if moment else whole.first]

    moved = LedgerEntry.objects.filter(kind__in=LedgerEntry.MONEY, **whole.moments_of("at"))
    for moment, kind, rows, cents, by_hand in _ledger_sums(moved, trunc):
        row = row_of(moment)
        row.ledger[KINDS[kind]] -= cents
        row.rows += rows
        row.by_hand -= by_hand
    linked = PayoutLine.objects.filter(**whole.moments_of("entry__at"))
    for moment, rows, gross, fees, ours in _linked_sums(linked, trunc):
        row = row_of(moment)
        row.linked_rows, row.gross, row.fees, row.linked = rows, gross, fees, -ours
    others = PayoutLine.objects.filter(entry__isnull=True, **whole.moments_of("happened_at"))
    for moment, rows, other, fees in _other_sums(others.exclude(kind=PayoutLine.Kind.RETURNED), trunc):
        row = row_of(moment)
        row.other_rows, row.other, row.other_fees = rows, other, fees
    return list(found.values())


def _ledger_sums(
    rows: "QuerySet[LedgerEntry]", trunc: Trunc | None
) -> Iterable[tuple[datetime | None, str, int, int, int]]:
    by_hand = ~Q(hand_reference="")
    grouped = rows.order_by().annotate(span=_span_of("at", trunc)).values_list("span", "kind")
    return grouped.annotate(
        rows=Count("pk", filter=~by_hand),
        cents=Sum("amount_cents", filter=~by_hand, default=0),
        by_hand=Sum("amount_cents", filter=by_hand, default=0),
    )


def _linked_sums(
    rows: "QuerySet[PayoutLine]", trunc: Trunc | None
) -> Iterable[tuple[datetime | None, int, int, int, int]]:
    grouped = rows.order_by().annotate(span=_span_of("entry__at", trunc)).values_list("span")
    names = {"gross": "amount_cents", "fees": "fee_cents", "ours": "entry__amount_cents"}
    sums = {name: Sum(column, default=0) for name, column in names.items()}
    return grouped.annotate(rows=Count("pk"), **sums)


def _other_sums(
    rows: "QuerySet[PayoutLine]", trunc: Trunc | None
) -> Iterable[tuple[datetime | None, int, int, int]]:
    """Return the lines without a row of the ledger; the provider's own fees count as fees, not as money."""
    fee = Q(kind=PayoutLine.Kind.FEE)
    grouped = rows.order_by().annotate(span=_span_of("happened_at", trunc)).values_list("span")
    return grouped.annotate(
        rows=Count("pk"),
        other=Sum("amount_cents", filter=~fee, default=0),
        fees=Sum("fee_cents", default=0) - Sum("amount_cents", filter=fee, default=0),
    )


def _span_of(name: str, trunc: Trunc | None) -> Combinable:
    return trunc(name, tzinfo=ZoneInfo(settings.TIME_ZONE)) if trunc else Value(None, DateTimeField())
