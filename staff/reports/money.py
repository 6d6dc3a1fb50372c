"""The money of a span: by what it was for, and beside the provider's payouts. Also the number of
decisions of each person.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from audits.models import Decision as AuditDecision
from cases.decisions import PendingDecision
from payments.models import LedgerEntry
from petitions.models import Decision as PetitionDecision
from renewals.models import Decision as RenewalDecision
from staff.payments.reconciling import Reconciled
from staff.reports.figures import RELEASED
from staff.reports.filters import CONCLUDED, rows_url
from staff.reports.months import Cell
from staff.reports.span import Span

KINDS = {
    "renewal": "Renewal fees",
    "petition": "Petition fees",
    "course_request": "Fees of providers' requests",
    "yearly_fee": "Yearly fees",
}


@dataclass(frozen=True)
class MoneyLine:
    """One kind of movement: the number of its rows and their sum in cents, negative when we paid
    out.
    """

    label: str
    rows: Cell
    cents: int


def money_lines(span: Span) -> list[MoneyLine]:
    """Return the money that moved in the span, by what it was for. The lines add up to what we
    kept.
    """
    moved = LedgerEntry.objects.filter(kind__in=LedgerEntry.MONEY, **span.moments_of("at"))
    rows = (
        moved.order_by()
        .values_list("kind", "charge__kind")
        .annotate(n=Count("pk"), cents=Sum("amount_cents"))
    )
    counts: dict[tuple[str, str], int] = defaultdict(int)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for kind, what, count, cents in rows:
        key = (kind, what if kind == "payment" else "")
        counts[key] += count
        sums[key] -= cents

    def line(label: str, kind: str, what: str = "") -> MoneyLine:
        asked = {"at": span, "kind__exact": kind, **({"for": what} if what else {})}
        return MoneyLine(
            label, Cell(counts[kind, what], rows_url("payments_ledgerentry", **asked)), sums[kind, what]
        )

    paid = [line(label, "payment", what) for what, label in KINDS.items()]
    other = [(kind, str(label)) for kind, label in LedgerEntry.Kind.choices if kind in LedgerEntry.MONEY]
    return paid + [line(label, kind) for kind, label in other if kind != "payment" and counts[kind, ""]]


def waived_line(span: Span) -> MoneyLine:
    """Return the line for what was waived of charges in the span (Q35): less has to be paid, and no
    money has moved.
    """
    waived = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.RELIEF, **span.moments_of("at"))
    found = waived.aggregate(n=Count("pk"), cents=Sum("amount_cents", default=0))
    rows = Cell(found["n"], rows_url("payments_ledgerentry", at=span, kind__exact="relief"))
    return MoneyLine("Fees waived, once they had applied", rows, found["cents"])


def payout_lines(money: Reconciled) -> list[MoneyLine]:
    """Return the lines that compare the money of a span with the provider's payouts. "To the bank"
    is the sum of the others, except the first one and what waits for a payout.
    """
    urls = money.urls
    lines = [
        MoneyLine("Our ledger, by the provider", Cell(money.rows, urls["moved"]), money.total),
        MoneyLine("Not paid out yet", Cell(money.waiting_rows, urls["waiting"]), money.waiting),
        MoneyLine("In payouts", Cell(money.linked_rows, urls["linked"]), money.gross),
        MoneyLine("The provider's fees for these", Cell(money.linked_rows, urls["linked"]), -money.fees),
    ]
    only_there = MoneyLine(
        "Only in payouts, less fees", Cell(money.other_rows, urls["other"]), money.other - money.other_fees
    )
    return [*lines, *([only_there] if money.other_rows else [])]


@dataclass(frozen=True)
class DecidedBy:
    """The number of decisions of one member of staff that took effect in the span."""

    name: str
    cells: list[Cell]


ROOMS: dict[str, type[PendingDecision]] = {
    "Petitions": PetitionDecision,
    "Renewals": RenewalDecision,
    "Audits": AuditDecision,
}


def work_of(span: Span) -> list[DecidedBy]:
    """Return how many cases of each kind each person decided, sorted by name: counts, no
    ranking.
    """
    counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0] * len(ROOMS))
    for place, model in enumerate(ROOMS.values()):
        for name, pk, count in _decided(model, span):
            counts[name, pk][place] = count
    return [
        DecidedBy(
            name, [_decided_cell(room, count, pk, span) for room, count in zip(ROOMS, found, strict=True)]
        )
        for (name, pk), found in sorted(counts.items())
    ]


def _decided_cell(room: str, count: int, pk: int, span: Span) -> Cell:
    model = ROOMS[room]
    says = {"says": CONCLUDED} if model.STEPS else {}
    name = model._meta.label_lower.replace(".", "_")
    return Cell(count, rows_url(name, by=pk, ended_at=span, state__exact=RELEASED, **says), room)


def _decided(model: type[PendingDecision], span: Span) -> Iterator[tuple[str, int, int]]:
    decisions: Any = model._default_manager
    rows = decisions.conclusions().filter(**span.moments_of("ended_at")).order_by()
    yield from rows.values_list("by__name", "by").annotate(count=Count("pk"))
