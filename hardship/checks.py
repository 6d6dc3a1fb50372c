"""Conditions of an extension and of a waiver. Each raises a Refusal with a sentence at its field
(Q34, Q35).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import Refusal
from hardship.models import Relief
from hardship.periods import bare_standing, charge_in_hand, limit_of, period_named
from payments.models import Charge
from rules.days import day_in_words
from rules.units import money_in_words
from trainers.models import Cycle, Trainer

PROPOSE, DECIDE, WAIVE = "hardship.propose_relief", "hardship.decide_relief", "hardship.waive_fee"
What = Relief.What


def check_latest(cycle: Cycle) -> None:
    """Raise Refusal unless the cycle is the one to be renewed, of a credential whose owner's data
    is not erased.
    """
    if cycle.credential.state == cycle.credential.State.ERASED:
        raise Refusal("This certification has ended with its data.", code="erased")
    if Cycle.objects.latest_of(cycle.credential).pk != cycle.pk:
        raise Refusal("This cycle was renewed already.", code="renewed")


def check_kind(kind: str) -> str:
    """Return the kind of reason, such as "illness". Raises Refusal for one that is not in the
    list.
    """
    if kind not in Relief.Kind.values:
        raise Refusal("Choose the reason.", code="kind", field="kind")
    return kind


def check_day(cycle: Cycle, *, what: str, case_ref: str, through: date | None, today: date) -> date:
    """Return `through` as the new last day: later than the present one, not past, before the next
    cycle's end (Q34).

    Raises Refusal for any other day, and when the cycle or case has no such last day.
    """
    period = period_named(cycle, today, what, case_ref)
    if period is None:
        raise Refusal("There is no such last day to move now.", code="no_period", field="what")
    if through is None:
        raise Refusal("Enter the new last day.", code="no_day", field="through")
    if through <= period.on:
        sentence = f"The last day is {day_in_words(period.on)} now. Choose a later one."
        raise Refusal(sentence, code="not_later", field="through")
    if through < today:
        raise Refusal("This day has passed. Choose a later one.", code="passed", field="through")
    limit = limit_of(cycle)
    if through >= limit:
        sentence = f"Choose a day before {day_in_words(limit)}, when the next cycle ends."
        raise Refusal(sentence, code="too_far", field="through")
    if what == What.COMPLETION:
        _check_useful(cycle, through, today)
    return through


def _check_useful(cycle: Cycle, through: date, today: date) -> None:
    apply_by = bare_standing(cycle, today).dates.last_day_to_apply
    if through > apply_by:
        sentence = (
            f"The last day to apply is {day_in_words(apply_by)}, so a later course would not help. "
            "Choose an earlier day, or move the last day to apply too."
        )
        raise Refusal(sentence, code="not_useful", field="through")


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee that can be waived (Q35): its amount, how much of it is waived already, and the charge
    that contains it, once there is one.
    """

    code: str
    amount: int
    waived: int
    charge: Charge | None

    @property
    def left(self) -> int:
        return max(self.amount - self.waived, 0)


def fees_of(cycle: Cycle, today: date) -> dict[str, Fee]:
    """Return each fee that can be waived, by its code: those of the submitted renewal's charge,
    else those that the policy asks today.
    """
    charge = charge_in_hand(cycle)
    amounts = {fee.code: fee.amount_cents for fee in cycle.credential.policy.version_on(today).fees}
    if charge:
        amounts = {line["code"]: line["amount_cents"] for line in charge.lines}
    waived: dict[str, int] = {}
    for code, cents in cycle.reliefs.granted().exclude(fee_code="").values_list("fee_code", "amount_cents"):
        waived[code] = waived.get(code, 0) + (amounts.get(code, 0) if cents is None else cents)
    return {
        code: Fee(code, cents, waived.get(code, 0), charge) for code, cents in amounts.items() if cents > 0
    }


def check_fee(fees: Mapping[str, Fee], *, code: str, cents: int | None, symbol: str) -> Fee:
    """Return the fee with this code. Raises Refusal for an unknown code, and for more than what is
    left of the fee.
    """
    fee = fees.get(code)
    if fee is None:
        raise Refusal("Choose the fee.", code="fee", field="fee_code")
    if not fee.left:
        raise Refusal("This fee is waived already.", code="waived", field="fee_code")
    if cents is not None and not 0 < cents <= fee.left:
        most = money_in_words(fee.left, symbol)
        raise Refusal(f"Enter an amount up to {most}.", code="amount", field="amount")
    return fee


def permission_to_propose(what: str) -> str:
    return WAIVE if what == What.FEE else PROPOSE


def permission_to_decide(what: str) -> str:
    return WAIVE if what == What.FEE else DECIDE


def check_decider(cycle: Cycle, by: Trainer | None, permission: str) -> None:
    """Raise Refusal unless `by` has the permission and the cycle is not their own."""
    if by is None or not by.has_perm(permission):
        raise Refusal("You may not decide about this.", code="not_allowed")
    if by.pk == cycle.credential.trainer_id:
        raise Refusal("Somebody else must decide about your own request.", code="own_case")
