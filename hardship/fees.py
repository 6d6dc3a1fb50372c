"""The fees that can be waived: those of the policy's price before the trainer applies, afterwards
those of a charge (Q35).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.errors import Refusal
from hardship.extendable_days import charge_in_hand, charges_going_on
from hardship.models import Relief
from payments.models import Charge
from payments.services.refund_checks import needs_second_person
from payments.services.waiving import check_waivable
from rules.fees import WAIVED
from rules.policy.model import Policy
from rules.units import money_in_words
from trainers.models import Cycle


@dataclass(frozen=True, slots=True)
class WaivableFee:
    """A fee that can be waived: its amount, what is waived of it already, and the charge that it is
    a line of, if there is one (Q35).
    """

    code: str
    label: str
    amount: int
    waived: int = 0
    charge: Charge | None = None

    @property
    def left(self) -> int:
        return max(self.amount - self.waived, 0)

    @property
    def key(self) -> str:
        """Return the text by which a form names this fee."""
        return f"{self.charge.pk if self.charge else ''}:{self.code}"


def fees_of(cycle: Cycle, today: date) -> list[WaivableFee]:
    """Return the fees that can be waived now: those of the charges of open and approved cases, and,
    before the trainer has applied, those of today's price.
    """
    found = [] if charge_in_hand(cycle) else _fees_of_price(cycle, today)
    return [*found, *(fee for charge in charges_going_on(cycle) for fee in fees_of_charge(charge))]


def fees_of_charge(charge: Charge) -> list[WaivableFee]:
    """Return the fee lines of a charge, each with what was waived of it before and after the charge
    was made.
    """
    waived = {
        line["code"].removeprefix(WAIVED): -line["amount_cents"]
        for line in charge.lines
        if line["amount_cents"] < 0
    }
    taken = Relief.objects.granted().filter(charge=charge)
    for code, cents in taken.values_list("fee_code", "amount_cents"):
        waived[code] = waived.get(code, 0) + (cents or 0)
    lines = [line for line in charge.lines if line["amount_cents"] > 0]
    return [
        WaivableFee(line["code"], line["label"], line["amount_cents"], waived.get(line["code"], 0), charge)
        for line in lines
    ]


def _fees_of_price(cycle: Cycle, today: date) -> list[WaivableFee]:
    fees = [fee for fee in cycle.policy.version_on(today).fees if fee.amount_cents]
    amounts = {fee.code: fee.amount_cents for fee in fees}
    waived: dict[str, int] = {}
    rows = cycle.reliefs.granted().of_price().exclude(fee_code="")
    for code, cents in rows.values_list("fee_code", "amount_cents"):
        waived[code] = waived.get(code, 0) + (amounts.get(code, 0) if cents is None else cents)
    return [WaivableFee(fee.code, fee.label, fee.amount_cents, waived.get(fee.code, 0)) for fee in fees]


def by_key(fees: Iterable[WaivableFee]) -> Mapping[str, WaivableFee]:
    """Return the fees by their `key`."""
    return {fee.key: fee for fee in fees}


def check_fee(fee: WaivableFee | None, *, cents: int | None, policy: Policy, at: datetime) -> WaivableFee:
    """Return the fee. Raises Refusal when there is none, when it is not due any more, and for more
    than is left of it.
    """
    if fee is None:
        raise Refusal("Choose the fee.", code="fee", field="fee_code")
    if not fee.left:
        raise Refusal("This fee is waived already.", code="waived", field="fee_code")
    if fee.charge:
        check_waivable(fee.charge, at=at)
    if cents is not None and not 0 < cents <= fee.left:
        most = money_in_words(fee.left, policy.currency_symbol)
        raise Refusal(f"Enter an amount up to {most}.", code="amount", field="amount")
    return fee


def needs_two_people(cycle: Cycle, fee: WaivableFee, cents: int, *, at: datetime, today: date) -> bool:
    """Return whether this waiver, together with what was waived or refunded before of the same
    price or charge, exceeds the refund limit (Q21, Q35).
    """
    if fee.charge:
        in_price = -sum(min(line["amount_cents"], 0) for line in fee.charge.lines)
        return needs_second_person(fee.charge, cents + in_price, at=at)
    waived = sum(one.waived for one in _fees_of_price(cycle, today))
    figures = cycle.policy.version_on(today)
    return waived + cents > figures.refund_second_person_above_cents
