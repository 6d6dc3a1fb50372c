"""Twenty processes at once record a refund by hand or ask the provider for one: the money is
returned once.
"""

from collections import Counter

from outbox.models import Notice
from payments.models import LedgerEntry, Refund
from tests.cast import member
from tests.payments.scenes import kept_payment
from tests.race import race

ACT = "tests.payments.racing:{}".format


def test_a_manual_refund_recorded_while_others_request_refunds_never_returns_money_twice(
    charge, real_database, finance
):
    payment = kept_payment(charge)
    outcomes = race(real_database, ACT("give_back_or_record"), finance.email, processes=2)
    by_hand = payment.refunds.filter(hand_reference="Check 4")
    went = by_hand.count() + payment.refunds.filter(hand_reference="").count()
    assert (by_hand.count() <= 1, went) == (True, 2)
    assert sum(count for said, count in outcomes.items() if said.startswith("refused")) == 18
    assert LedgerEntry.objects.filter(kind="refund").count() == by_hand.filter(state="returned").count()


def test_when_twenty_people_replace_a_failed_refund_at_once_one_manual_refund_is_recorded(
    real_database, failed
):
    people = [member(f"{name} Finance", permissions=("give_refund",)) for name in ("Fay", "Finn")]
    outcomes = race(real_database, ACT("make_good"), *(one.email for one in people), processes=2)
    made = Refund.objects.get(state="waiting")
    assert outcomes.pop("waiting") == 1
    sentence = (
        f"refused: {made.by.name} gave this money back while you had it open. Nothing was changed by you."
    )
    assert outcomes == Counter({sentence: 19})
    assert not LedgerEntry.objects.filter(kind="refund").exists()
    assert not Notice.objects.filter(kind="payments.returned").exists()
