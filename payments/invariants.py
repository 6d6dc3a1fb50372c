"""Invariants of money: a charge is paid once, in full, in the right currency and mode; money is
refunded at most once.
"""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from core.history import subject_pk, subject_prefix
from core.invariants import Check, forbidden_steps, states_unlike_history
from core.models import HistoryEntry
from payments.models import (
    Charge,
    CheckoutSession,
    Difference,
    Dispute,
    LedgerEntry,
    Payout,
    PayoutLine,
    ProviderEvent,
    Refund,
)

Kind = LedgerEntry.Kind
STEPPED: tuple[type[Charge | CheckoutSession | Refund | Dispute | Payout | Difference], ...] = (
    Charge,
    CheckoutSession,
    Refund,
    Dispute,
    Payout,
    Difference,
)


def _lines_that_do_not_add_up() -> Iterator[str]:
    for pk, lines, amount in (
        Charge.objects.order_by("pk").values_list("pk", "lines", "amount_cents").iterator()
    ):
        total = sum(line["amount_cents"] for line in lines)
        if total != amount:
            yield f"charge {pk} is {amount}, and its lines make {total}"


def _balance_of(charges: "Q", what: str, allowed: int | None) -> Iterator[str]:
    """Yield the charges for which we keep another amount than `allowed`; with None, another amount
    than is due.

    Kept are payments less refunds, booked or on their way. Money that a bank took in a dispute is
    considered only where a part of the charge was waived.
    """
    moved = Q(ledger__kind__in=[Kind.PAYMENT, Kind.REFUND, Kind.UNDONE])
    kept = Coalesce(Sum("ledger__amount_cents", filter=moved), 0)
    rows = Charge.objects.filter(charges).annotate(kept=-kept).order_by("pk")
    for charge in rows.prefetch_related("refunds__answers", "disputes").iterator(chunk_size=500):
        going = sum(one.amount_cents for one in charge.refunds.all() if _still_to_go(one))
        settled: int = charge.kept - going  # type: ignore[attr-defined]  # annotated above
        right = charge.due_cents if allowed is None else allowed
        if settled != right and not _is_taken(charge, settled - right):
            yield f"charge {charge.pk} is {what}, and {settled} of {charge.due_cents} {charge.currency} is kept"


def _is_taken(charge: Charge, cents: int) -> bool:
    """Return whether a bank that disputes the payment may hold `cents`, which were paid beyond what
    is due after a waiver (Q35).
    """
    taken = sum(one.amount_cents for one in charge.disputes.all() if one.state in Dispute.TAKES)
    return 0 < cents <= min(taken, charge.waived_cents)


def _still_to_go(refund: Refund) -> bool:
    """Return whether the money of a refund is still with us: the refund is requested, or it failed
    and was not replaced by a refund by hand.
    """
    if refund.state == Refund.State.FAILED:
        return all(one.state != Refund.State.RETURNED for one in refund.answers.all())
    return refund.state == Refund.State.REQUESTED


def _settled_otherwise() -> Iterator[str]:
    """Yield the charges with a wrong balance. A paid charge must keep its payment in full, any
    other charge none; charges that staff refunded are left out.
    """
    by_people = (*Refund.STAFF_CAUSES, Refund.Cause.PROVIDER)
    given_back = Charge.objects.filter(refunds__cause__in=by_people).values("pk")
    yield from _balance_of(Q(state=Charge.State.PAID) & ~Q(pk__in=given_back), "paid", None)
    yield from _balance_of(~Q(state=Charge.State.PAID) & ~Q(pk__in=given_back), "not paid", 0)


def _more_back_than_came() -> Iterator[str]:
    going = Sum("refunds__amount_cents", filter=~Q(refunds__state__in=Refund.NEVER_LEFT), default=0)
    elsewhere = Refund.objects.filter(payment=OuterRef("pk"), cause=Refund.Cause.PROVIDER)
    rows = LedgerEntry.objects.filter(~Exists(elsewhere), kind=Kind.PAYMENT).annotate(going=going)
    for pk, cents, back in rows.filter(going__gt=-F("amount_cents")).values_list(
        "pk", "amount_cents", "going"
    ):
        yield f"payment {pk} is {-cents}, and {back} goes back"


def _booked_otherwise() -> Iterator[str]:
    """Yield, by charge and reference, each difference between the refunds that were accepted and
    their rows in the ledger.
    """
    what = ("charge", "hand_reference")
    refunds = Refund.objects.filter(state=Refund.State.RETURNED, charge__isnull=False)
    booked = LedgerEntry.objects.filter(kind__in=[Kind.REFUND, Kind.UNDONE])
    returned, stands = (
        {(charge, reference): cents for charge, reference, cents in rows}
        for rows in (
            found.order_by().values_list(*what).annotate(cents=Sum("amount_cents"))
            for found in (refunds, booked)
        )
    )
    for key in sorted(returned.keys() | stands.keys()):
        if returned.get(key, 0) != stands.get(key, 0):
            charge, reference = key
            how = f"by hand with reference {reference}" if reference else "by the provider"
            yield f"charge {charge}: {returned.get(key, 0)} went back {how}, and its ledger says {stands.get(key, 0)}"


def _by_hand_and_by_the_provider() -> Iterator[str]:
    """Yield refunds by hand that were also sent to the provider, and those that replace no failed
    refund or have another amount.
    """
    sent = Q(attempts__gt=0) | Q(provider_id__isnull=False) | Q(state__in=["requested", "failed"])
    for pk in (
        Refund.objects.filter(sent).exclude(hand_reference="").order_by("pk").values_list("pk", flat=True)
    ):
        yield f"refund {pk} went by hand, and the provider was asked for it too"
    made_good = Refund.objects.filter(instead_of__isnull=False)
    wrong = ~Q(instead_of__state="failed") | ~Q(instead_of__amount_cents=F("amount_cents"))
    for pk in made_good.filter(wrong).order_by("pk").values_list("pk", flat=True):
        yield f"refund {pk} makes good one that did not fail, or another amount"


def _paid_and_owed() -> Iterator[str]:
    """Yield charges that are marked paid and have a balance due. A refund waives the fee that it
    returns, so that nothing is due.
    """
    rows = Charge.objects.filter(state=Charge.State.PAID).annotate(
        owed=Sum("ledger__amount_cents", default=0)
    )
    for pk, owed in rows.filter(owed__gt=0).order_by("pk").values_list("pk", "owed").iterator():
        yield f"charge {pk} is paid, and its ledger says that {owed} is owed"


def _given_by_nobody_or_one() -> Iterator[str]:
    """Yield the refunds above the policy's limit that no second person approved or refused (Q21)."""
    waited = HistoryEntry.objects.filter(subject__startswith=subject_prefix(Refund), to_state="waiting")
    keys = [subject_pk(subject) for subject in waited.values_list("subject", flat=True)]
    wrong = (
        Q(decided_by=None) | Q(decided_by=F("by")) | Q(decided_by=F("charge__trainer"))
    )  # an unmatched refund has no charge
    for pk in Refund.objects.filter(wrong, pk__in=keys).exclude(state="waiting").values_list("pk", flat=True):
        yield f"refund {pk} needed a second person, and none decided about it"


def _payments_that_do_not_fit() -> Iterator[str]:
    payments = LedgerEntry.objects.filter(kind=Kind.PAYMENT).select_related("charge")
    asked = CheckoutSession.objects.filter(charge=OuterRef("charge"), amount_cents=-OuterRef("amount_cents"))
    left = F("charge__amount_cents") - F("charge__waived_cents")
    fits = Q(amount_cents=-F("charge__amount_cents")) | Q(amount_cents=-left) | Exists(asked)
    for row in payments.exclude(fits, currency=F("charge__currency")).order_by("pk").iterator():
        yield (
            f"payment {row.pk} is {-row.amount_cents} {row.currency}, "
            f"its charge {row.charge.amount_cents} {row.charge.currency}"
        )
    for pk in (
        LedgerEntry.objects.filter(~Q(trainer=F("charge__trainer"))).values_list("pk", flat=True).iterator()
    ):
        yield f"ledger entry {pk} stands under another trainer than its charge"


def _charges_without_their_ledger_row() -> Iterator[str]:
    raised = LedgerEntry.objects.filter(kind=Kind.CHARGE, amount_cents=F("charge__amount_cents")).values(
        "charge"
    )
    for pk in (
        Charge.objects.filter(amount_cents__gt=0)
        .exclude(pk__in=raised)
        .order_by("pk")
        .values_list("pk", flat=True)
        .iterator()
    ):
        yield f"charge {pk} is not in the ledger with its amount"


def _waived_otherwise() -> Iterator[str]:
    """Yield the charges with a wrong waiver in the ledger. What was waived by request (Q35) is left
    aside.

    The rest must be: for a void charge, what was due; for a paid one, the part of what was due that
    is not kept; for an open one, nothing.
    """

    def sum_of(*kinds: Kind) -> Coalesce:
        return Coalesce(Sum("ledger__amount_cents", filter=Q(ledger__kind__in=kinds)), 0)

    rows = Charge.objects.annotate(waived=sum_of(Kind.WAIVER, Kind.UNWAIVED), relieved=sum_of(Kind.RELIEF))
    rows = rows.annotate(due=F("amount_cents") - F("waived_cents"))
    money = rows.annotate(moved=sum_of(*map(Kind, LedgerEntry.MONEY))).order_by("pk")
    found = money.values_list("pk", "state", "amount_cents", "due", "relieved", "waived", "moved")
    for pk, state, amount, due, relieved, waived, moved in found.iterator():
        of_paid = max(due + moved, 0)
        right = {"void": due, "paid": of_paid, "open": 0}[state]
        if -waived != right:
            yield f"charge {pk} is {state}, and {-waived} of {due} is waived instead of {right}"
        if -relieved != amount - due:
            yield f"charge {pk} has {amount - due} waived, and its ledger says {-relieved}"


def _disputes_booked_otherwise() -> Iterator[str]:
    """Yield each dispute whose ledger entries are wrong: they must take the amount of a lost
    dispute once, and come to 0 for any other.
    """
    found = LedgerEntry.objects.filter(kind__in=[Kind.DISPUTE, Kind.WON])
    booked = dict(found.values_list("provider_ref", "amount_cents"))
    rows = Dispute.objects.order_by("pk").values_list("provider_id", "state", "amount_cents")
    for name, state, amount in rows.iterator():
        taken = booked.get(name, 0) + booked.get(f"{name}:won", 0)
        right = amount if state == Dispute.State.LOST else 0
        if taken != right:
            yield f"the dispute {name} is {state}, and its ledger says {taken} instead of {right}"


def _unfinished_events() -> Iterator[str]:
    """Yield the events that are neither processed nor parked although all their attempts are used up."""
    stuck = ProviderEvent.objects.filter(state=ProviderEvent.State.RECEIVED, attempts__gte=5)
    for event_id in stuck.order_by("pk").values_list("event_id", flat=True).iterator():
        yield f"the provider's event {event_id} is neither acted on nor parked"


def _payouts_unlike_their_lines() -> Iterator[str]:
    """Yield the payouts that differ from the sum of their lines, and the lines that differ from our
    ledger, unless a Difference records it.
    """
    net = Sum(F("lines__amount_cents") - F("lines__fee_cents"), default=0)
    told = Difference.objects.filter(what=Difference.What.SUM).values("payout")
    rows = Payout.objects.filter(read_at__isnull=False).exclude(pk__in=told).annotate(net=net)
    for name, cents, lines in rows.exclude(net=F("amount_cents")).values_list(
        "provider_id", "amount_cents", "net"
    ):
        yield f"the payout {name} is {cents}, and its lines make {lines}"
    known = Difference.objects.filter(what=Difference.What.AMOUNT).values("line")
    same = Q(amount_cents=-F("entry__amount_cents"), currency=F("entry__currency"))
    linked = PayoutLine.objects.filter(~same, entry__isnull=False).exclude(pk__in=known)
    for name, cents, ours in linked.values_list("provider_id", "amount_cents", "entry__amount_cents"):
        yield f"the line {name} is {cents}, and our ledger says {-ours}"


CHECKS = [
    Check(4, "A charge is settled once, in full, and what was not due went back", _settled_otherwise),
    Check(4, "Every event of the provider is acted on or parked", _unfinished_events),
    Check(4, "No more goes back than came", _more_back_than_came),
    Check(4, "What went by hand was never sent to the provider", _by_hand_and_by_the_provider),
    Check(5, "What went back stands in the ledger once", _booked_otherwise),
    Check(5, "Nobody owes again what was paid", _paid_and_owed),
    Check(6, "A refund above the limit was decided by two people", _given_by_nobody_or_one),
    Check(5, "What is credited equals the charge in amount and currency", _payments_that_do_not_fit),
    Check(5, "A charge is the sum of its lines", _lines_that_do_not_add_up),
    Check(5, "Every charge stands in the ledger", _charges_without_their_ledger_row),
    Check(5, "What is waived is what is not due, or what went back", _waived_otherwise),
    Check(5, "A lost dispute stands in the ledger, and no other", _disputes_booked_otherwise),
    Check(
        5,
        "A payout is the sum of its lines, and each is our ledger's, or a difference says so",
        _payouts_unlike_their_lines,
    ),
    Check(
        11,
        "Charges, visits, refunds, disputes, payouts and differences are in the state that their history tells",
        lambda: chain.from_iterable(map(states_unlike_history, STEPPED)),
    ),
    Check(
        15,
        "Charges, visits, refunds, disputes, payouts and differences take only the steps that there are",
        lambda: chain.from_iterable(map(forbidden_steps, STEPPED)),
    ),
]
