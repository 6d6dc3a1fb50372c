"""The fee of a waiver: a line of a charge, which the waiver reduces, or a fee of the price of a
trainer who has not applied yet (Q35).
"""

from dataclasses import asdict
from datetime import datetime

from cases.locking import day_of
from core.errors import Refusal
from hardship.checks import check_latest, check_not_erased
from hardship.extendable_days import charge_in_hand, cycle_of_charge
from hardship.fees import WaivableFee, by_key, check_fee, fees_of, fees_of_charge, needs_two_people
from hardship.grants import ReliefGrant
from hardship.models import Relief
from payments.models import Charge
from payments.services.charges import lock_charge
from payments.services.waiving import effect_of_waiver, waive_charge
from trainers.models import Trainer


def set_fee(row: Relief, grant: ReliefGrant, *, at: datetime) -> Relief:
    """Set the fee of the row to the one in `grant`: a line of a charge, or a fee of the price of a
    trainer who has not applied yet.
    """
    fee = check_fee(_fee_of(row, grant, at), cents=grant.amount_cents, policy=row.cycle.policy, at=at)
    row.fee_code, row.charge = fee.code, fee.charge
    row.amount_cents = fee.left if fee.charge and grant.amount_cents is None else grant.amount_cents
    return row


def _fee_of(row: Relief, grant: ReliefGrant, at: datetime) -> WaivableFee | None:
    """Return the fee that the grant names; of a proposal about a charge, a line of that charge."""
    cycle = row.cycle
    charge_id = row.charge_id or grant.charge_id
    if charge_id is None:
        check_latest(cycle)
        if charge_in_hand(cycle):
            sentence = "They have applied since. Choose the fee of what they owe."
            raise Refusal(sentence, code="applied", field="fee_code")
        return by_key(fees_of(cycle, day_of(at, cycle))).get(f":{grant.fee_code}")
    check_not_erased(cycle)
    charge = Charge.objects.filter(pk=charge_id, trainer=cycle.credential.trainer_id).first()
    if charge is None or cycle_of_charge(charge) is None:
        raise Refusal("Choose the fee.", code="fee", field="fee_code")
    return by_key(fees_of_charge(charge)).get(f"{charge.pk}:{grant.fee_code}")


def needs_second_person_for(row: Relief, at: datetime) -> bool:
    """Return whether this waiver takes effect only once a second person has confirmed it."""
    today = day_of(at, row.cycle)
    fees = fees_of_charge(row.charge) if row.charge else fees_of(row.cycle, today)
    fee = next(one for one in fees if (one.code, one.charge) == (row.fee_code, row.charge))
    cents = fee.left if row.amount_cents is None else row.amount_cents
    return needs_two_people(row.cycle, fee, cents, at=at, today=today)


def take_off_charge(row: Relief, *, by: Trainer, at: datetime) -> dict[str, int | None]:
    """Reduce the charge that a granted waiver is about; return what that leaves to pay and to
    refund, for the mail.
    """
    if row.charge is None or row.amount_cents is None:
        return {}
    charge = lock_charge(row.charge.pk)
    effect = effect_of_waiver(charge, row.amount_cents)
    waive_charge(charge, cents=row.amount_cents, code=row.fee_code, by=by, at=at, reason=row.note)
    return asdict(effect)
