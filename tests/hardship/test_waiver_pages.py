"""Waivers of charges at the desk and on the trainer's own pages: looked at first, told, and shown
with what is left (Q35).
"""

import pytest

from hardship.models import Relief
from tests.hardship.scenes import WORDS
from tests.petitions import scenes as petition_scenes
from tests.reading import text_of
from tests.renewals.scenes import moment, settle, submit

DAY = "2027-03-15"  # the first day with the late fee
TYPED = {"kind": "military", "words": WORDS, "note": "Orders seen."}


@pytest.fixture
def application(ready, clock_at):
    clock_at(DAY)
    return submit(ready, DAY)


def page_of(charge) -> str:
    return f"/staff/payments/charge/{charge.pk}/waive/"


def confirm(desk, url: str, typed: dict, looked, **more):
    shown = {"known": looked.context_data["known"], "seen": looked.context_data["seen"]}
    return desk.post(url, {**typed, **shown, "confirmed": "yes", **more})


def test_the_page_of_a_charge_shows_what_a_waiver_changes_before_it_is_saved(
    application, ready, finance, signed_in
):
    desk, charge = signed_in(finance), application.charge
    url, typed = page_of(charge), {**TYPED, "fee_code": f"{charge.pk}:late"}
    assert "Waive a fee…" in text_of(desk.get(f"/staff/payments/charge/{charge.pk}/change/"))
    looked = desk.post(url, typed)
    words = text_of(looked)
    assert "Left to pay: $129 → $99" in words
    assert "Day of receipt: as it was, the same" in words
    assert "You now pay $99 instead of $129." in words
    assert not Relief.objects.exists()
    for _ in range(2):  # pressed twice
        assert confirm(desk, url, typed, looked).status_code == 302
    charge.refresh_from_db()
    assert charge.waived_cents == 3000
    words = text_of(desk.get(f"/staff/payments/charge/{charge.pk}/change/"))
    assert "129.00 USD, 30.00 USD of it waived" in words
    assert "$30 of the late fee, granted" in words


def test_the_waiver_page_of_a_paid_fee_says_that_the_fee_will_be_refunded(
    application, ready, lead, signed_in
):
    settle(application, DAY)
    charge = application.charge
    looked = signed_in(lead).post(page_of(charge), {**TYPED, "fee_code": f"{charge.pk}:late"})
    assert "Goes back to where it came from: nothing → $30" in text_of(looked)


def test_a_waiver_above_the_limit_is_proposed_on_the_page_and_granted_by_a_second_person(
    application, ready, finance, second_finance, signed_in
):
    charge = application.charge
    fees = {"late": "granted", "renewal": "proposed"}
    desk = signed_in(finance)
    for code, state in fees.items():
        typed = {**TYPED, "fee_code": f"{charge.pk}:{code}"}
        looked = desk.post(page_of(charge), typed)
        confirm(desk, page_of(charge), typed, looked)
        assert Relief.objects.get(fee_code=code).state == state
    proposal = Relief.objects.get(fee_code="renewal")
    url, typed = (
        f"/staff/hardship/relief/{proposal.pk}/decide/",
        {**TYPED, "fee_code": f"{charge.pk}:renewal"},
    )
    other = signed_in(second_finance)
    looked = other.post(url, typed)
    assert "There is nothing left to pay for it, and it goes on." in text_of(looked)
    confirm(other, url, typed, looked)
    charge.refresh_from_db()
    assert (charge.state, charge.due_cents) == ("paid", 0)


def test_the_page_of_a_person_offers_to_waive_the_fees_of_an_open_renewal_and_an_open_petition(
    application, ready, finance, signed_in
):
    petition = petition_scenes.unpaid(ready, at=moment(DAY))
    words = text_of(signed_in(finance).get(f"/staff/trainers/credential/{ready.credentials.get().pk}/waive/"))
    assert "Late fee, $30, of “Renewal of certification 1193 4482”, to be paid" in words
    assert f"Petition fee, $25, of “Petition {petition.reference}" in words
    assert "when they apply" not in words


@pytest.mark.parametrize("who", ["reviewer", "registrar", "read_only"])
def test_staff_who_may_not_waive_fees_cannot_open_the_waiver_page(application, who, request, signed_in):
    desk = signed_in(request.getfixturevalue(who))
    assert desk.get(page_of(application.charge)).status_code == 403


def test_waiving_a_fee_that_the_charge_does_not_contain_is_refused_at_its_field(
    application, ready, finance, signed_in
):
    answer = signed_in(finance).post(page_of(application.charge), {**TYPED, "fee_code": "1:petition"})
    assert answer.status_code == 422
    assert "Choose the fee." in text_of(answer)


def test_the_trainer_sees_how_much_of_the_price_was_waived_and_what_is_left_to_pay(
    application, ready, finance, signed_in
):
    charge = application.charge
    desk, typed = signed_in(finance), {**TYPED, "fee_code": f"{charge.pk}:late"}
    confirm(desk, page_of(charge), typed, desk.post(page_of(charge), typed))
    browser = signed_in(ready)
    assert "Pay $99" in text_of(browser.get("/home/"))
    assert "We waived $30 of what this renewal costs." in text_of(browser.get("/home/"))
    words = text_of(browser.get(f"/renew/{application.reference}/"))
    assert "We waived $30 of this price. $99 is left to pay." in words
    words = text_of(browser.get("/payments/"))
    assert "$99.00 $30.00 waived" in words
    assert "Fee waived: Late fee" in words
    assert "We waived $30 of the late fee because of military service." in text_of(browser.get("/more-time/"))
    application.refresh_from_db()
    settle(application, DAY)
    receipt = text_of(browser.get(f"/payments/{charge.pk}/receipt/"))
    assert "Waived -$30.00" in receipt
    assert "Total paid $99.00 USD" in receipt


def test_a_completely_waived_charge_has_no_receipt(jordan, lead, signed_in, clock_at):
    clock_at("2027-02-01")
    petition = petition_scenes.unpaid(jordan, at=moment("2027-02-01"))
    desk, typed = signed_in(lead), {**TYPED, "fee_code": f"{petition.charge_id}:petition_fee"}
    url = page_of(petition.charge)
    confirm(desk, url, typed, desk.post(url, typed))
    browser = signed_in(jordan)
    words = text_of(browser.get("/payments/"))
    assert "Waived" in words
    assert browser.get(f"/payments/{petition.charge_id}/receipt/").status_code == 404


def test_the_payments_page_says_not_paid_in_time_after_the_last_day_even_before_the_sweep_runs(
    application, ready, signed_in, clock_at
):
    browser = signed_in(ready)
    assert "Not paid yet" in text_of(browser.get("/payments/"))
    clock_at("2027-03-23")
    words = text_of(signed_in(ready).get("/payments/"))
    assert "Not paid in time" in words
    assert "To pay for a renewal" not in words


def test_the_reminders_page_counts_its_dates_from_a_last_day_that_a_lead_extended(
    jordan, lead, signed_in, clock_at
):
    from tests.hardship.scenes import granted

    clock_at("2027-03-01")
    browser = signed_in(jordan)
    before = text_of(browser.get("/account/reminders/"))
    granted(jordan, lead, "2027-03-01")
    after = text_of(browser.get("/account/reminders/"))
    assert "2028" in before
    assert before != after


def test_the_page_of_an_unpaid_renewal_links_to_the_form_that_asks_for_a_waiver(
    application, ready, signed_in
):
    source = signed_in(ready).get(f"/renew/{application.reference}/").content.decode()
    assert "/more-time/ask/?for=fee:" in source
