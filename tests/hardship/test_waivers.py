"""A fee waived before the renewal is sent: a negative line of the price, for all of it or a part (Q35)."""

from datetime import date

import pytest

from core.errors import Refusal
from hardship.services import grant_relief, take_back_waiver
from outbox.models import Notice
from payments.models import LedgerEntry
from renewals.pages.home import home_of
from tests import factories
from tests.hardship.scenes import WORDS, fee, waived
from tests.renewals.scenes import cycle_of, moment, submit

LATE_DAY = "2027-03-15"  # the first day with the late fee


def refused(do) -> str:
    with pytest.raises(Refusal) as refusal:
        do()
    return refusal.value.code


@pytest.mark.parametrize("who", ["finance", "lead"])
def test_a_waived_fee_is_a_negative_line_in_the_stored_fees_of_the_application(
    jordan, who, request, clock_at
):
    waived(jordan, request.getfixturevalue(who))
    factories.everything_met(jordan)
    clock_at(LATE_DAY)
    application = submit(jordan, LATE_DAY)
    lines = [(line["code"], line["amount_cents"], line["clause"]) for line in application.fee_lines]
    assert lines == [("renewal", 9900, "Q6"), ("late", 3000, "S6"), ("waived_late", -3000, "Q35")]
    assert (application.fee_total_cents, application.charge.amount_cents) == (9900, 9900)


def test_a_waiver_for_one_trainer_does_not_waive_the_late_fee_of_another(jordan, stranger, finance, clock_at):
    waived(jordan, finance)
    factories.everything_met(stranger)
    clock_at("2027-07-01")
    assert submit(stranger, "2027-07-01").fee_total_cents == 12900


def test_a_renewal_with_all_fees_waived_is_approved_without_a_payment_page(
    jordan, finance, second_finance, clock_at
):
    for code in ("renewal", "late"):
        row = waived(jordan, finance, of=fee(code))
        if row.state == "proposed":
            act = {"by": second_finance, "at": moment("2027-02-02"), "words": WORDS}
            grant_relief(row.cycle, grant=fee(code), relief=row, **act)
    factories.everything_met(jordan)
    clock_at(LATE_DAY)
    application = submit(jordan, LATE_DAY, agreed_cents=0)
    assert (application.state, application.fee_total_cents) == ("approved", 0)
    assert application.charge.state == "paid"
    assert not LedgerEntry.objects.filter(charge=application.charge).exists()


def test_home_shows_the_waiver_and_the_reduced_price(jordan, finance):
    waived(jordan, finance, of=fee("late", 1000))
    view = home_of(cycle_of(jordan), today=date(2027, 3, 20))
    assert view.granted == ("We waived $10 of the late fee because of military service.",)
    assert "it costs $119: $99 plus a $20 late fee, after what we waived." in view.state.line


@pytest.mark.parametrize(("cents", "state"), [(9900, "granted"), (None, "granted")])
def test_one_person_can_waive_fees_up_to_the_limit(jordan, finance, cents, state):
    assert waived(jordan, finance, of=fee("renewal", cents)).state == state


def test_waivers_that_together_exceed_the_limit_need_a_second_person(jordan, finance, second_finance):
    waived(jordan, finance, of=fee("renewal", 8000))
    exact = waived(jordan, finance, of=fee("late", 2000))
    above = waived(jordan, finance, of=fee("additional", 1))
    assert (exact.state, above.state, above.needs_two) == ("granted", "proposed", True)
    act = {"at": moment("2027-02-02"), "words": WORDS, "grant": fee("additional", 1), "relief": above}
    assert refused(lambda: grant_relief(above.cycle, by=finance, **act)) == "same_person"
    assert grant_relief(above.cycle, by=second_finance, **act).state == "granted"
    kinds = Notice.objects.filter(trainer=jordan).values_list("kind", flat=True)
    assert list(kinds) == ["hardship.waived"] * 3


@pytest.mark.parametrize("who", ["reviewer", "registrar", "read_only", "stranger"])
def test_only_finance_and_leads_can_waive_fees(jordan, who, request):
    by = request.getfixturevalue(who)
    assert refused(lambda: waived(jordan, by)) == "not_allowed"


@pytest.mark.parametrize(
    ("of", "code"), [(fee("petition"), "fee"), (fee("late", 3001), "amount"), (fee("late", 0), "amount")]
)
def test_waiving_a_fee_outside_the_price_or_an_impossible_amount_is_refused(jordan, finance, of, code):
    assert refused(lambda: waived(jordan, finance, of=of)) == code


def test_a_fee_cannot_be_waived_twice(jordan, finance):
    waived(jordan, finance)
    assert refused(lambda: waived(jordan, finance)) == "waived"


def test_a_waiver_can_be_withdrawn_with_a_reason_until_the_trainer_has_applied(jordan, finance, clock_at):
    unused = waived(jordan, finance, of=fee("additional"))
    act = {"by": finance, "at": moment("2027-02-03"), "words": "Somebody else's."}
    assert take_back_waiver(unused, **act).state == "taken_back"
    assert Notice.objects.filter(kind="hardship.taken_back").count() == 1
    used = waived(jordan, finance)
    factories.everything_met(jordan)
    clock_at(LATE_DAY)
    submit(jordan, LATE_DAY)
    assert refused(lambda: take_back_waiver(used, **act)) == "used"
