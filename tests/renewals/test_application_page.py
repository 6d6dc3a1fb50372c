"""The page of a renewal, returning from the payment page, withdrawing and correcting."""

import pytest

from payments.models import CheckoutSession
from renewals import services
from renewals.models import Application
from tests import factories
from tests.reading import assert_same_404, heading_of, state_of, text_of
from tests.renewals import decided, scenes
from tests.renewals.scenes import moment, submit


@pytest.fixture
def application(ready, clock_at):
    clock_at("2027-03-02")
    return submit(ready, "2027-03-02")


def pages_of(application) -> list[tuple[str, str]]:
    base = f"/renew/{application.reference}/"
    return [
        ("get", base),
        ("post", f"{base}pay/"),
        ("get", f"{base}withdraw/"),
        ("post", f"{base}withdraw/"),
        ("post", f"{base}correct/"),
        ("get", f"/renew/pay/return/?renewal={application.reference}"),
    ]


def test_a_strangers_renewal_and_a_missing_one_get_the_same_404(application, stranger, signed_in):
    browser = signed_in(stranger)
    assert_same_404(browser, pages_of(application), application.reference, missing="R-22222222")
    assert state_of(application) == "submitted"


@pytest.mark.parametrize(
    "reference", ["x" * 3000, "' OR 1=1 --", "<script>", "\u202eR-2", "%00", "draft", "0"]
)
def test_an_unknown_reference_is_not_found(ready, signed_in, reference):
    browser = signed_in(ready)
    assert browser.get(f"/renew/{reference}/").status_code == (400 if reference == "%00" else 404)
    assert browser.get("/renew/pay/return/", {"renewal": reference}).status_code == 404


def test_a_visitor_is_redirected_to_sign_in(application, client):
    for method, path in pages_of(application):
        assert getattr(client, method)(path)["Location"].startswith("/account/login/")


def test_the_renewal_page_shows_the_attestation_that_was_agreed_to(application, ready, signed_in):
    told = text_of(signed_in(ready).get(f"/renew/{application.reference}/"))
    for words in (
        "Your renewal is not finished",
        "Pay $99",
        "Received March 2, 2027 at 12:00 pm",
        "For the cycle March 15, 2025 through March 14, 2027",
        "Renewal fee $99.00 The renewal fee is $99.",
        "Total $99.00",
        "Last day to pay March 9, 2027",
        "you will send proof within 30 days if we ask",
        "You agreed and sent your renewal March 2, 2027 at 12:00 pm",
        "Withdraw this renewal",
    ):
        assert words in told


def test_the_page_of_an_approved_renewal_links_to_certificate_and_receipt(application, ready, signed_in):
    scenes.pay(application, "2027-03-02")
    page = signed_in(ready).get(f"/renew/{application.reference}/")
    told = text_of(page)
    assert heading_of(page) == "You’re renewed through March 14, 2029"
    assert "Download PDF Share Add to calendar" in told
    assert "This certifies that Jordan Rivera" in told
    assert "March 15, 2027 Your next 2.0 CEUs count from this day" in told
    assert "Renewal fee $99.00 Paid March 2, 2027 $99.00" in told
    assert "See and print the receipt" in told
    assert "Your renewal was approved" in told
    assert "Withdraw" not in told


@pytest.mark.parametrize(
    ("bank", "left", "heading", "words"),
    [
        ("open", "", "We are confirming your payment", "There is nothing to do. We will email you."),
        ("confirming", "", "We are waiting for your bank", "There is nothing to do. We will email you."),
        ("confirming", "&left=1", "We are waiting for your bank", "There is nothing to do. We will email you."),
        ("declined", "", "Your bank declined the payment",
         "Nothing was charged. We hold your place and this price. Pay by the end of Tuesday, March 9, 2027."),
        ("open", "&left=1", "You left before paying",
         "Nothing was charged. We hold your place and this price. Pay by the end of Tuesday, March 9, 2027."),
    ],
)  # fmt: skip
def test_returning_from_the_payment_page_changes_nothing_while_nothing_is_paid(
    application, ready, signed_in, bank, left, heading, words
):
    ended = moment("2027-03-02") if bank == "declined" else None
    scenes.visit(application, "2027-03-02", state=bank, ended_at=ended)
    before = Application.objects.values().get()
    page = signed_in(ready).get(f"/renew/pay/return/?renewal={application.reference}{left}", follow=True)
    assert heading_of(page) == heading
    assert words in text_of(page)
    assert Application.objects.values().get() == before


@pytest.mark.parametrize(
    ("left", "heading"),
    [("", "We are confirming your payment"), ("&left=1", "Your bank declined the payment")],
)
def test_a_declined_card_is_mentioned_only_to_a_trainer_who_left_the_payment_page(
    application, ready, signed_in, left, heading
):
    """Who comes by the way for payers has tried again there; the bank's second answer may still be on its way."""
    scenes.visit(application, "2027-03-02", refused_at=moment("2027-03-02"))
    page = signed_in(ready).get(f"/renew/pay/return/?renewal={application.reference}{left}", follow=True)
    assert heading_of(page) == heading


WAITS = "We are checking whether you paid in time"


@pytest.mark.parametrize(
    ("day", "visited", "heading"),
    [
        ("2027-03-09", None, "Your renewal is not finished"),
        (
            "2027-03-09",
            {"state": "expired", "ended_at": moment("2027-03-03")},
            "Your renewal is not finished",
        ),
        ("2027-03-10", None, "Your renewal was not paid in time"),
        ("2027-03-10", {"asked_at": moment("2027-03-10 01:00")}, "Your renewal was not paid in time"),
        ("2027-03-10", {"asked_at": moment("2027-03-09 23:00")}, WAITS),
    ],
)
@pytest.mark.parametrize("left", ["", "&left=1"])
def test_the_payment_return_page_equals_home_unless_a_payment_may_be_on_its_way(
    application, ready, signed_in, clock_at, day, visited, heading, left
):
    if visited is not None:
        scenes.visit(application, "2027-03-02", **visited)
    clock_at(day)
    browser = signed_in(ready)
    assert heading_of(browser.get("/home/")) == heading
    page = browser.get(f"/renew/pay/return/?renewal={application.reference}{left}")
    left_in_time = left and day == "2027-03-09"
    assert heading_of(page) == ("You left before paying" if left_in_time else heading)


def test_home_offers_to_pay_and_says_that_nothing_is_needed_after_a_payment_just_made(
    application, ready, signed_in
):
    scenes.visit(application, "2027-03-02")
    words = "If you have just paid, there is nothing to do: we will email you."
    page = text_of(signed_in(ready).get("/home/"))
    assert f"Pay by the end of Tuesday, March 9, 2027. {words}" in page
    CheckoutSession.objects.update(state="expired", ended_at=moment("2027-03-03"))
    assert words not in text_of(signed_in(ready).get("/home/"))


def test_the_page_of_a_paid_renewal_says_that_it_is_not_yet_approved(application, ready, signed_in):
    scenes.settle(application, "2027-03-02")
    page = signed_in(ready).get(f"/renew/{application.reference}/")
    assert heading_of(page) == "We have your payment"


def test_reloading_the_payment_return_page_changes_nothing_and_offers_no_payment(
    application, ready, signed_in
):
    scenes.visit(application, "2027-03-02")
    page = signed_in(ready).get(f"/renew/pay/return/?renewal={application.reference}")
    assert (
        f'href="/renew/pay/return/?renewal={application.reference}">Check again</a>' in page.content.decode()
    )
    assert "Pay $99" not in text_of(page)


def test_the_payment_return_page_without_a_reference_shows_the_newest_renewal(application, ready, signed_in):
    assert application.reference in text_of(signed_in(ready).get("/renew/pay/return/"))


def test_the_payment_return_page_of_a_trainer_without_renewals_redirects_home(stranger, signed_in, clock_at):
    clock_at("2027-03-02")
    assert signed_in(stranger).get("/renew/pay/return/")["Location"] == "/home/"


def test_clicking_pay_again_opens_the_same_payment_page(application, ready, signed_in, monkeypatch):
    monkeypatch.setattr(
        "payments.redirects.open_checkout", lambda charge, **how: f"http://bank.test/{charge.pk}"
    )
    answer = signed_in(ready).post(f"/renew/{application.reference}/pay/")
    assert (answer.status_code, answer["Location"]) == (303, f"http://bank.test/{application.charge_id}")


def test_a_paid_renewal_cannot_be_paid_again(application, ready, signed_in):
    scenes.pay(application, "2027-03-02")
    answer = signed_in(ready).post(f"/renew/{application.reference}/pay/")
    assert answer["Location"] == f"/renew/{application.reference}/"


def test_paying_after_the_last_day_to_pay_is_refused(application, ready, signed_in, clock_at):
    clock_at("2027-03-10 00:00")
    told = text_of(signed_in(ready).post(f"/renew/{application.reference}/pay/", follow=True))
    assert "The time to pay has ended. Nothing was charged." in told
    assert "Your renewal was not paid in time" in told
    assert "Start again for $" in told


def test_withdrawing_a_renewal_asks_for_confirmation(application, ready, signed_in):
    browser = signed_in(ready)
    path = f"/renew/{application.reference}/withdraw/"
    told = text_of(browser.get(path))
    assert "You lose your place: the day of receipt, March 2, 2027 , and its price" in told
    assert "Nothing was charged. If a payment still arrives, we return it." in told
    assert state_of(application) == "submitted"
    page = browser.post(path, follow=True)
    assert heading_of(page) == "You withdrew this renewal"
    assert "Start again for $99" in text_of(page)
    assert browser.get(path)["Location"] == f"/renew/{application.reference}/"


def test_withdrawing_a_renewal_twice_withdraws_it_once(application, ready, signed_in):
    browser = signed_in(ready)
    for _ in range(2):
        assert browser.post(f"/renew/{application.reference}/withdraw/").status_code == 302
    assert Application.objects.get().state == "withdrawn"


@pytest.fixture
def returned(application, reviewer):
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    application = scenes.pay(application, "2027-03-02")
    return decided.return_application(
        application, by=reviewer, at=moment("2027-03-02"), reason="A course is not yours."
    )


def test_the_correction_of_a_returned_renewal_can_be_sent_once_requirements_are_met(
    returned, ready, signed_in
):
    browser = signed_in(ready)
    told = text_of(browser.get(f"/renew/{returned.reference}/"))
    assert (
        "A course is not yours. Correct it by the end of Thursday, April 1, 2027. Your price stays $99."
        in told
    )
    assert "Log a course" in told
    assert "Send my correction" not in told
    assert "You need 1.9 more" in text_of(browser.post(f"/renew/{returned.reference}/correct/", follow=True))
    factories.CeuRecordFactory(credential=ready.credentials.get(), hundredths=190)
    assert "Send my correction" in text_of(browser.get(f"/renew/{returned.reference}/"))
    page = browser.post(f"/renew/{returned.reference}/correct/", follow=True)
    assert heading_of(page) == "We are checking your renewal"
    assert "You sent your correction." in text_of(page)


def test_the_page_for_withdrawing_a_paid_renewal_says_what_happens_to_the_fee(returned, ready, signed_in):
    told = text_of(signed_in(ready).get(f"/renew/{returned.reference}/withdraw/"))
    assert "The $99 that you paid is not returned, because our review has begun." in told


def test_the_page_of_a_denied_renewal_explains_the_fee_and_the_next_steps(returned, ready, signed_in):
    services.deny_uncorrected_renewal(returned, at=moment("2027-04-03"))
    told = text_of(signed_in(ready).get(f"/renew/{returned.reference}/"))
    assert "We could not renew your certification" in told
    assert "It was not corrected by the end of April 1, 2027. The $99 that you paid is not returned" in told
    assert "If we made a mistake, write to us. You can apply again through March 13, 2028." in told
    assert "Did we make a mistake? Write to us" in told
    assert "Start again for $" in told


def test_the_page_of_a_renewal_that_ended_unpaid_offers_to_start_again(
    application, ready, signed_in, clock_at
):
    services.lapse_application(application, at=moment("2027-03-10"))
    clock_at("2027-03-10")
    told = text_of(signed_in(ready).get(f"/renew/{application.reference}/"))
    assert "This renewal was not paid in time" in told
    assert "You can start again through March 13, 2028, at the price of that day." in told


def test_an_earlier_withdrawn_renewal_still_has_its_page(application, ready, signed_in):
    services.withdraw_application(application, by=ready, at=moment("2027-03-02"))
    submit(ready, "2027-03-02 13:00")
    page = signed_in(ready).get(f"/renew/{application.reference}/")
    assert heading_of(page) == "You withdrew this renewal"
    assert "Start again" not in text_of(page)
