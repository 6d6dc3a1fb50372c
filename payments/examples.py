"""Examples of the mails about money."""

from collections.abc import Callable

from core.policy_words import portal_policy
from outbox.examples import show_example, with_rows
from payments.models import Charge, ChargeLine, LedgerEntry, Refund
from payments.notice_codes import CONFIRMING, DECLINED, RECEIPT, RETURN_FAILED, RETURNED
from payments.notices import ReturnedPayload, receipt_words, returned_words, visit_words
from trainers.examples import example_cycle, phoenix_noon

POLICY = portal_policy()
# What the dearest renewal costs: with the sample policy $99, $30 and $20.
LINES: list[ChargeLine] = [
    {"code": fee.code, "label": fee.label, "amount_cents": fee.amount_cents}
    for fee in POLICY.versions[-1].tiers[-1].fees
]
RENEWAL = "Renewal of certification 1193 4482"
PETITION = "Petition P4M8-2TWD: Strength Training for Older Adults"
PETITION_FEE = POLICY.versions[-1].petition_fee.amount_cents
PETITION_LINES: list[ChargeLine] = [
    {"code": "petition", "label": "Petition fee", "amount_cents": PETITION_FEE}
]


def lines_cents(lines: list[ChargeLine]) -> int:
    """Return the sum of the lines of a charge, in cents."""
    return sum(line["amount_cents"] for line in lines)


def example_charge(
    lines: list[ChargeLine], description: str, *, live: bool = True, waived: int = 0
) -> Charge:
    """Return an unsaved charge that was paid at noon of September 30, 2026, in Phoenix, after
    `waived` cents were waived.
    """
    cents = lines_cents(lines)
    charge = Charge(
        pk=4711,
        trainer=example_cycle().credential.trainer,
        description=description,
        lines=lines,
        amount_cents=cents,
        currency=POLICY.currency,
        live=live,
        state=Charge.State.PAID,
        paid_at=phoenix_noon(2026, 9, 30),
        paid_cents=cents - waived,
        waived_cents=waived,
    )
    payment = LedgerEntry(charge=charge, kind=LedgerEntry.Kind.PAYMENT, amount_cents=waived - cents)
    return with_rows(charge, sessions=[], ledger=[payment], disputes=[])


def _receipt(
    lines: list[ChargeLine], description: str, *, live: bool = True, waived: int = 0
) -> Callable[[], dict[str, object]]:
    return lambda: receipt_words(example_charge(lines, description, live=live, waived=waived))


def _receipt_words(lines: list[ChargeLine], description: str) -> Callable[[], dict[str, object]]:
    return lambda: visit_words(example_charge(lines, description), {}, told_at=phoenix_noon(2026, 9, 30))


def _returned(
    cause: str, currency: str = POLICY.currency, hand_reference: str = ""
) -> Callable[[], dict[str, object]]:
    payload: ReturnedPayload = {
        "cents": lines_cents(LINES[:1]),
        "cause": cause,
        "currency": currency,
        "hand_reference": hand_reference,
    }
    return lambda: returned_words(
        example_charge(LINES[:1], RENEWAL), payload, told_at=phoenix_noon(2026, 9, 30)
    )


PAID = "A payment settles"
show_example(RECEIPT, "on-time", _receipt(LINES[:1], RENEWAL), trigger=PAID)
show_example(RECEIPT, "late", _receipt(LINES[:2], RENEWAL), trigger=PAID)
show_example(RECEIPT, "late-and-additional", _receipt(LINES, RENEWAL), trigger=PAID)
show_example(
    RECEIPT, "waived-in-part", _receipt(LINES, RENEWAL, waived=lines_cents(LINES[1:2])), trigger=PAID
)
show_example(RECEIPT, "petition", _receipt(PETITION_LINES, PETITION), trigger=PAID)
show_example(RECEIPT, "practice", _receipt(LINES[:1], RENEWAL, live=False), trigger=PAID)
show_example(
    CONFIRMING, "renewal", _receipt_words(LINES[:1], RENEWAL), trigger="The bank has not answered yet"
)
show_example(DECLINED, "renewal", _receipt_words(LINES, RENEWAL), trigger="The bank says no")
for cause in ("twice", "not_due", "late", "our_error", "wish", "waived", "unmatched", "provider"):
    show_example(
        RETURNED,
        cause.replace("_", "-"),
        _returned(
            cause,
            currency=("CHF" if POLICY.currency == "EUR" else "EUR")
            if cause == "unmatched"
            else POLICY.currency,
        ),
        trigger=f"Money goes back: {Refund.Cause(cause).label.lower()}",
    )
for cause in ("twice", "our_error"):
    show_example(
        RETURNED,
        f"{cause.replace('_', '-')}-by-hand",
        _returned(cause, hand_reference="Transfer 2026-0930/17"),
        trigger=f"Finance returned money by hand: {Refund.Cause(cause).label.lower()}",
    )
show_example(
    RETURN_FAILED, "renewal", _returned("wish"), trigger="A refund fails after the payer was told of it"
)
