"""Differences between the provider's payouts and our ledger: found, closed once both agree, or
explained by finance.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Sum

from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words, move
from payments.models import Difference, Dispute, LedgerEntry, Payout, PayoutLine, Refund
from payments.services.refund_checks import LONGEST_REASON
from trainers.models import Trainer

MATCH = "payments.match_providerevent"
# By then a payout should contain it; the first payout of a new account takes as long.
SETTLES_WITHIN = timedelta(days=14)
AT_THE_LATEST = timedelta(days=45)  # when payouts have stopped
LOOKED_BACK = timedelta(days=90)
MOST = 500  # rows that one call handles at most
What, Kind, State = Difference.What, PayoutLine.Kind, Difference.State


@dataclass(frozen=True)
class KnownReasons:
    """What we know about lines without a row of the ledger: disputes by the provider's name, and
    payments returned without being credited.
    """

    disputes: dict[str, int]
    uncredited: frozenset[str]


def note_line_differences(payout: Payout, *, at: datetime) -> int:
    """Open a difference for each line that does not agree with our ledger; return how many are new.
    Only inside a transaction.
    """
    found, lines = 0, list(payout.lines.values_list("pk", flat=True))
    for start in range(0, len(lines), MOST):
        troubles = _troubles_of(lines[start : start + MOST])
        found += sum(_open(what, at=at, line=line) for line, what in troubles)
    return found


def note_payout_differences(payout: Payout, *, at: datetime) -> None:
    """Open the differences that concern a payout as a whole, such as a sum that its lines do not
    make. Only inside a transaction.
    """
    for what in Difference.OF_PAYOUTS:
        if _payout_differs(payout, what):
            _open(what, at=at, payout=payout)


def _payout_differs(payout: Payout, what: str) -> bool:
    if what == What.BY_HAND:
        return not payout.automatic and payout.state not in Payout.CAME_BACK
    if what == What.CAME_BACK:
        returned = PayoutLine.objects.filter(kind=Kind.RETURNED, ref=payout.provider_id)
        return payout.automatic and payout.state in Payout.CAME_BACK and not returned.exists()
    return payout.read_at is not None and lines_total(payout) != payout.amount_cents


def lines_total(payout: Payout) -> int:
    """Return the sum of a payout's lines less their fees, in cents."""
    total = payout.lines.aggregate(net=Sum(F("amount_cents") - F("fee_cents"), default=0))
    return int(total["net"])


def _troubles_of(lines: list[int]) -> list[tuple[PayoutLine, str]]:
    found = list(PayoutLine.objects.filter(pk__in=lines).select_related("entry").order_by("pk"))
    known = _known_of([line for line in found if line.entry is None])
    return [(line, what) for line in found if (what := _trouble_of(line, known))]


def _known_of(lines: list[PayoutLine]) -> KnownReasons:
    names = {line.ref.partition(":")[0] for line in lines}
    disputes = Dispute.objects.filter(provider_id__in=names).values_list("provider_id", "amount_cents")
    sent = Refund.objects.filter(Q(payment_ref__in=names) | Q(provider_id__in=names), charge__isnull=True)
    told = sent.exclude(state__in=("waiting", "refused")).values_list("payment_ref", "provider_id")
    return KnownReasons(dict(disputes), frozenset(name for pair in told for name in pair if name))


def _trouble_of(line: PayoutLine, known: KnownReasons) -> str:
    """Return how a payout line differs from our ledger, as the kind of the difference; "" when it agrees."""
    if line.kind in (Kind.FEE, Kind.RETURNED):
        return ""  # these lines concern only the provider and never have a row in our ledger
    if line.entry is not None:
        same = (-line.entry.amount_cents, line.entry.currency) == (line.amount_cents, line.currency)
        return "" if same else What.AMOUNT
    name = line.ref.partition(":")[0]
    if line.kind in (Kind.DISPUTE, Kind.WON) and name in known.disputes:
        # The provider takes the money at once, our ledger when the dispute is lost.
        return "" if abs(line.amount_cents) == known.disputes[name] else What.AMOUNT
    never_credited = line.kind in (Kind.PAYMENT, Kind.REFUND, Kind.UNDONE) and name in known.uncredited
    return "" if never_credited else What.NOT_HERE


@transaction.atomic
def note_missing(*, at: datetime) -> int:
    """Open a difference for each row of the ledger that should be in a payout by now and is in
    none; return how many. Idempotent.
    """
    before = _settled_before(at)
    if before is None:
        return 0
    waiting = not_paid_out(LedgerEntry.objects.filter(at__gte=before - LOOKED_BACK, at__lt=before))
    late = waiting.filter(differences__isnull=True).order_by("at", "pk")[:MOST]
    return sum(_open(What.NOT_THERE, at=at, entry=entry) for entry in late.select_related("trainer"))


def not_paid_out(entries: "QuerySet[LedgerEntry]") -> "QuerySet[LedgerEntry]":
    """Return those of `entries` whose money the provider moved although no payout contains it."""
    moved = entries.filter(kind__in=LedgerEntry.MONEY, provider_ref__isnull=False)
    return moved.filter(line__isnull=True)


def _settled_before(at: datetime) -> datetime | None:
    """Return the moment before which money should be in a payout; None while no payout has been read."""
    newest = Payout.objects.filter(read_at__isnull=False).aggregate(at=Max("made_at"))["at"]
    return max(newest - SETTLES_WITHIN, at - AT_THE_LATEST) if newest else None


def settle_difference(difference: Difference, *, at: datetime) -> bool:
    """Close the difference if provider and ledger agree now; return whether they do. Idempotent."""
    with transaction.atomic():
        row = _locked(difference)
        if row.state != State.OPEN or _still_differs(row):
            return False
        row.closed_at = at
        move(row, State.GONE, "gone", trainer=owner_of(row), by=None, at=at)
        return True


def _still_differs(row: Difference) -> bool:
    if row.line:
        return any(what == row.what for _, what in _troubles_of([row.line.pk]))
    if row.entry:
        return not PayoutLine.objects.filter(entry=row.entry).exists()
    return row.payout is not None and _payout_differs(row.payout, row.what)


@transaction.atomic
def explain_difference(difference: Difference, *, reason: str, by: Trainer, at: datetime) -> Difference:
    """Close a difference with a reason. Idempotent for the person who closed it.

    Raises Refusal when `by` lacks the permission or gives no reason, for a difference about one's
    own money, and for one that is closed.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    row = _locked(difference)
    owner = owner_of(row)
    if not by.has_perm(MATCH):
        raise Refusal("You may not explain differences.", code="not_allowed")
    if owner is not None and owner.pk == by.pk:
        raise Refusal("Somebody else must decide about your own money.", code="own_money")
    if row.state == State.EXPLAINED and row.by_id == by.pk:
        return row
    if row.state == State.OPEN:
        row.by, row.reason, row.closed_at = by, reason, at
    return move(row, State.EXPLAINED, "explained", trainer=owner, by=by, at=at, reason=reason)


def owner_of(difference: Difference) -> Trainer | None:
    """Return the trainer whose money a difference is about; None when that is not known."""
    entry = difference.entry or (difference.line.entry if difference.line else None)
    return entry.trainer if entry else None


def _locked(difference: Difference) -> Difference:
    rows = Difference.objects.select_for_update(of=("self",))
    return rows.select_related("payout", "entry__trainer", "line__entry__trainer").get(pk=difference.pk)


def _open(what: str, *, at: datetime, **thing: Payout | PayoutLine | LedgerEntry) -> bool:
    row, new = Difference.objects.get_or_create(what=what, defaults={"found_at": at}, **thing)
    if new:
        record_history(row, "found", trainer=owner_of(row), by=None, at=at, change=("", row.state))
    return new
