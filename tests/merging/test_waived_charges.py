"""A charge of which a part was waived (Q35) when its account becomes part of another one."""

import pytest

from core.invariants import all_checks
from hardship.grants import ReliefGrant
from hardship.models import Relief
from payments.models import Refund
from tests.hardship.scenes import waived
from tests.merging.scenes import merged, second_account
from tests.reading import text_of
from tests.renewals.scenes import pay, submit

pytestmark = pytest.mark.django_db
DAY = "2027-03-15"  # the first day with the late fee


@pytest.fixture
def application(ready, clock_at):
    """Jordan's renewal of $129."""
    clock_at(DAY)
    return submit(ready, DAY)


def waive_late_fee(application, by) -> Relief:
    grant = ReliefGrant("fee", "military", fee_code="late", charge_id=application.charge_id)
    return waived(application.trainer, by, DAY, of=grant)


def broken_books() -> list[str]:
    """What the invariants about money and waivers name, but for rows that factories made without their history."""
    found = [one for check in all_checks() if check.number in (3, 4, 5, 19) for one in check.find()]
    return [one for one in found if "history" not in one]


def test_a_charge_keeps_its_waived_part_and_the_account_that_stays_pays_the_rest(
    application, ready, finance, signed_in
):
    relief, other = waive_late_fee(application, finance), second_account()
    merged(ready, other)
    application.refresh_from_db()
    charge = application.charge
    assert (charge.trainer, charge.waived_cents, charge.due_cents) == (other, 3000, 9900)
    relief.refresh_from_db()
    assert (relief.trainer, relief.charge) == (other, charge)
    assert "We waived $30 of this price. $99 is left to pay." in text_of(
        signed_in(other).get(f"/renew/{application.reference}/")
    )
    assert pay(application, DAY).charge.paid_cents == 9900
    assert broken_books() == []


def test_a_refund_for_a_waiver_is_still_sent_after_the_merge(application, ready, finance):
    pay(application, DAY)
    waive_late_fee(application, finance)
    other = second_account()
    merged(ready, other)
    refund = Refund.objects.get()
    assert (refund.cause, refund.amount_cents, refund.charge.trainer) == ("waived", 3000, other)
    assert broken_books() == []
