"""A fee waived after the renewal was sent: taken off its charge, by two people above the limit,
told in a mail (Q35).
"""

from datetime import date

import pytest

from core.errors import Refusal
from core.invariants import all_checks
from core.models import HistoryEntry
from hardship.grants import ReliefGrant
from hardship.models import Relief
from hardship.services import decline_relief, grant_relief, take_back_waiver
from outbox.models import Notice
from payments.models import LedgerEntry, Refund
from renewals.pages.home import home_of
from renewals.services import advance_application, withdraw_application
from tests.hardship.scenes import WORDS, fee, waived
from tests.payments.scenes import mail_of
from tests.petitions import scenes as petition_scenes
from tests.renewals.scenes import cycle_of, moment, pay, settle, submit

LATE_DAY = "2027-03-15"  # the first day with the late fee
AFTER = "2027-03-16"


@pytest.fixture
def application(ready, clock_at):
    """Jordan's renewal of $129, sent and not paid."""
    clock_at(LATE_DAY)
    return submit(ready, LATE_DAY)


def of_charge(charge, code: str = "late", cents: int | None = None) -> ReliefGrant:
    return ReliefGrant("fee", "military", fee_code=code, amount_cents=cents, charge_id=charge.pk)


def waive(trainer, by, of: ReliefGrant, day: str = AFTER, **more) -> Relief:
    said = {"words": WORDS, "note": "Orders seen.", **more}
    return grant_relief(cycle_of(trainer), by=by, at=moment(day), grant=of, **said)


def refused(do) -> str:
    with pytest.raises(Refusal) as refusal:
        do()
    return refusal.value.code


def mail_text(kind: str) -> str:
    return mail_of(Notice.objects.get(kind=kind)).text


def left_over() -> list[str]:
    """What the invariants name, but for rows that factories made without their history and files."""
    found = [one for check in all_checks() if check.number in (3, 4, 5, 19) for one in check.find()]
    return [one for one in found if "history" not in one]


def test_a_waived_fee_is_taken_off_what_is_to_be_paid_and_the_day_of_receipt_stays(
    application, ready, finance
):
    relief = waive(ready, finance, of_charge(application.charge))
    assert (relief.state, relief.amount_cents) == ("granted", 3000)
    application.refresh_from_db()
    assert (application.state, application.fee_total_cents, application.due_cents) == (
        "submitted",
        12900,
        9900,
    )
    view = home_of(cycle_of(ready), today=date(2027, 3, 16))
    assert view.state.button == "Pay $99"
    assert "We waived $30 of what this renewal costs." in view.granted
    paid = pay(application, AFTER)
    assert (paid.received_on, paid.charge.paid_cents) == (date(2027, 3, 15), 9900)
    assert left_over() == []


def test_a_completely_waived_renewal_is_approved_at_once_and_keeps_its_day_of_receipt(
    application, ready, finance, second_finance, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        waive(ready, finance, of_charge(application.charge))
        proposal = waive(ready, finance, of_charge(application.charge, "renewal"))
        assert proposal.state == "proposed"
        waive(ready, second_finance, of_charge(application.charge, "renewal"), relief=proposal)
    application.refresh_from_db()
    assert (application.state, application.received_on) == ("approved", date(2027, 3, 15))
    assert application.charge.paid_at == moment(AFTER)
    assert not LedgerEntry.objects.filter(kind="payment").exists()
    verbs = HistoryEntry.objects.filter(subject=f"renewals.application:{application.pk}")
    assert "nothing to pay" in verbs.values_list("verb", flat=True)
    assert left_over() == []


def test_the_sweep_approves_a_waived_renewal_when_the_signal_of_its_settlement_was_lost(
    application, ready, finance, second_finance
):
    for code in ("renewal", "late"):
        row = waive(ready, finance, of_charge(application.charge, code))
        if row.state == "proposed":
            waive(ready, second_finance, of_charge(application.charge, code), relief=row)
    application.refresh_from_db()
    assert application.state == "submitted"
    from renewals.models import Application

    assert list(Application.objects.to_finish()) == [application]
    assert advance_application(application, at=moment(AFTER)).state == "approved"


def test_waiving_a_paid_fee_refunds_it_and_leaves_the_renewal_unchanged(application, ready, finance):
    pay(application, LATE_DAY)
    waive(ready, finance, of_charge(application.charge))
    assert [(one.cause, one.amount_cents) for one in Refund.objects.all()] == [("waived", 3000)]
    application.refresh_from_db()
    assert application.state == "approved"
    assert "$30 that you paid goes back to where it came from." in mail_text("hardship.waived")


def test_the_mail_about_a_waiver_says_what_is_left_to_pay(application, ready, finance):
    waive(ready, finance, of_charge(application.charge, "late", 1000))
    words = mail_text("hardship.waived")
    assert "We waived $10 of the late fee because of military service." in words
    assert "You now pay $119 instead of $129." in words


def test_a_petition_whose_fee_is_waived_before_payment_goes_to_review(
    jordan, lead, clock_at, django_capture_on_commit_callbacks
):
    clock_at("2027-02-01")
    petition = petition_scenes.unpaid(jordan, at=moment("2027-02-01"))
    with django_capture_on_commit_callbacks(execute=True):
        waive(jordan, lead, of_charge(petition.charge, "petition_fee"), "2027-02-02")
    petition.refresh_from_db()
    assert (petition.state, petition.received_on) == ("submitted", date(2027, 2, 1))
    assert "the petition fee" in mail_text("hardship.waived")
    assert "your payment of" not in mail_text("petitions.received")


def test_a_petition_whose_paid_fee_was_waived_does_not_stop(jordan, lead, reviewer, clock_at):
    from petitions.services.fees import follow_fee

    clock_at("2027-02-01")
    petition = petition_scenes.submitted(jordan, at=moment("2027-02-01"))
    waive(jordan, lead, of_charge(petition.charge, "petition_fee"), "2027-02-02")
    assert follow_fee(petition, at=moment("2027-02-02")).state == "submitted"
    decided = petition_scenes.decided(
        petition, "approve", by=reviewer, at=moment("2027-02-03"), hundredths=40
    )
    assert decided.state == "approved"


def test_waivers_before_and_after_submission_are_added_up_for_the_two_person_limit(
    ready, finance, second_finance, clock_at
):
    waived(ready, finance, of=fee("late"))
    clock_at(LATE_DAY)
    application = submit(ready, LATE_DAY)
    assert application.fee_total_cents == 9900
    assert waive(ready, finance, of_charge(application.charge, "renewal", 7000)).state == "granted"
    above = waive(ready, finance, of_charge(application.charge, "renewal", 1))
    assert (above.state, above.needs_two, above.charge) == ("proposed", True, application.charge)
    mine = lambda: waive(ready, finance, of_charge(application.charge, "renewal", 1), relief=above)  # noqa: E731
    assert refused(mine) == "same_person"
    granted = waive(ready, second_finance, of_charge(application.charge, "renewal", 1), relief=above)
    assert granted.state == "granted"
    application.charge.refresh_from_db()
    assert application.charge.waived_cents == 7001


def test_waiving_more_than_the_amount_of_a_fee_is_refused(application, ready, finance, lead):
    waive(ready, finance, of_charge(application.charge, "late", 2000))
    assert refused(lambda: waive(ready, lead, of_charge(application.charge, "late", 1001))) == "amount"
    waive(ready, lead, of_charge(application.charge, "late", 1000))
    assert refused(lambda: waive(ready, lead, of_charge(application.charge))) == "waived"


def test_a_second_click_on_the_waiver_button_waives_nothing_more(application, ready, finance, lead):
    of = of_charge(application.charge, "late", 1000)
    first = waive(ready, finance, of, seen=0)
    assert waive(ready, finance, of, seen=0) == first
    assert refused(lambda: waive(ready, lead, of, seen=0)) == "changed"
    application.charge.refresh_from_db()
    assert application.charge.waived_cents == 1000


def test_a_waiver_of_the_price_of_a_cycle_is_refused_when_its_trainer_has_applied(
    application, ready, finance
):
    assert refused(lambda: waive(ready, finance, fee())) == "applied"


def test_a_waiver_of_a_withdrawn_renewal_does_not_lower_the_price_of_the_next_one(
    application, ready, finance, clock_at
):
    waive(ready, finance, of_charge(application.charge))
    withdraw_application(application, by=ready, at=moment(AFTER))
    clock_at("2027-03-17")
    assert submit(ready, "2027-03-17").fee_total_cents == 12900


@pytest.mark.parametrize("who", ["reviewer", "registrar", "read_only", "stranger"])
def test_only_finance_and_leads_can_waive_fees_of_a_submitted_charge(application, ready, who, request):
    by = request.getfixturevalue(who)
    assert refused(lambda: waive(ready, by, of_charge(application.charge))) == "not_allowed"


def test_a_waiver_that_names_the_charge_of_another_trainer_is_refused(application, stranger, finance):
    assert refused(lambda: waive(stranger, finance, of_charge(application.charge))) == "fee"


def test_a_waiver_that_has_lowered_a_charge_cannot_be_withdrawn(application, ready, finance):
    relief = waive(ready, finance, of_charge(application.charge))
    act = {"by": finance, "at": moment(AFTER), "words": "No."}
    assert refused(lambda: take_back_waiver(relief, **act)) == "used"
    assert refused(lambda: decline_relief(relief, **act)) == "out_of_order"


def test_a_waiver_for_a_renewal_whose_last_day_to_pay_has_ended_is_refused(application, ready, finance):
    late = lambda: waive(ready, finance, of_charge(application.charge), "2027-03-23")  # noqa: E731
    assert refused(late) == "too_late"


def test_a_payment_begun_before_a_waiver_settles_the_charge_and_the_waived_part_is_refunded(
    application, ready, finance
):
    from tests.renewals.scenes import visit

    visit(application, LATE_DAY)
    waive(ready, finance, of_charge(application.charge))
    settle(application, AFTER)
    assert [(one.cause, one.amount_cents) for one in Refund.objects.all()] == [("waived", 3000)]
    assert Notice.objects.filter(kind="payments.receipt").count() == 1
