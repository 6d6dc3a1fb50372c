"""The check page: what is shown before agreeing, what is refused and why, and the way to the payment page."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from core.errors import Refusal
from renewals.models import Application
from renewals.pages.snapshot import snapshot_of
from tests import factories
from tests.reading import heading_of, text_of
from tests.renewals import scenes
from tests.renewals.scenes import VERSION
from trainers.models import Credential

AGREED = {"attestation_version": VERSION, "agreed_cents": "9900"}


@pytest.fixture
def opened(monkeypatch):
    """The payment page, without a provider behind it; what was asked for."""
    asked = []

    def open_checkout(charge, **how):
        asked.append({"charge": charge, **how})
        return "http://bank.test/pay/1"

    monkeypatch.setattr("payments.redirects.open_checkout", open_checkout)
    return asked


def test_the_check_page_shows_everything_that_the_trainer_agrees_to(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    page = signed_in(ready).get("/renew/check/")
    told = text_of(page)
    assert heading_of(page) == "Check and submit your renewal"
    for words in (
        "Name on certificate Jordan Rivera Change",
        "Email jordan@example.org Change",
        "Next cycle March 15, 2027 through March 14, 2029",
        "CPR and AED 0.1 CEUs, valid through March 14, 2029 Change",
        "1.9 CEUs CPR and AED",
        "Together 2.0 of 2.0 CEUs Change",
        "Renewal fee $99.00",
        "Late fee $0.00 Not charged through March 14, 2027.",
        "Additional fee $0.00 Not charged through June 12, 2027.",
        "Total today $99 Renewal fee $99.00",
        "pay by the end of Tuesday, March 9, 2027.",
        "A payment made twice is always returned.",
        "you will send proof within 30 days if we ask",
        "A false statement can end your certification.",
        "Agree and pay $99",
        "Nothing is charged yet.",
    ):
        assert words in told


def test_the_check_page_of_a_late_renewal_shows_each_fee_with_its_reason(ready, signed_in, clock_at):
    clock_at("2027-06-13")
    told = text_of(signed_in(ready).get("/renew/check/"))
    assert "Late fee $30.00 The late fee is $30, because the renewal comes after March 14, 2027." in told
    assert (
        "Additional fee $20.00 The additional fee is $20, because the renewal comes after June 12, 2027."
        in told
    )
    assert "Total today $149 Renewal fee" in told
    assert "Agree and pay $149" in told


def test_the_check_page_of_an_early_renewal_says_which_later_courses_will_not_count(
    ready, signed_in, clock_at
):
    clock_at("2027-03-13")
    told = text_of(signed_in(ready).get("/renew/check/"))
    assert (
        "If you renew today, courses that you finish after today and through March 14, 2027 will not count. "
        "Your next cycle counts courses from March 15, 2027." in told
    )


@pytest.mark.parametrize("day", ["2027-03-14", "2027-03-15"])
def test_the_check_page_on_or_after_the_last_day_mentions_no_courses_that_will_not_count(
    ready, signed_in, clock_at, day
):
    clock_at(day)
    assert "will not count" not in text_of(signed_in(ready).get("/renew/check/"))


def test_the_check_page_names_surplus_ceus_and_courses_kept_for_the_next_cycle(ready, signed_in, clock_at):
    credential = ready.credentials.get()
    factories.recount(CeuRecord.objects.filter(category="education"), 220)
    factories.CeuRecordFactory(credential=credential, hundredths=40, completed_on=date(2027, 3, 15))
    clock_at("2027-03-20")
    told = text_of(signed_in(ready).get("/renew/check/"))
    assert "You have 0.3 CEUs more than you need. They do not carry over to your next cycle." in told
    assert "1 course is not needed for this renewal and can count for your next cycle." in told
    assert "2.2 CEUs CPR and AED" in told


def test_agreeing_to_the_renewal_redirects_to_the_payment_page(ready, signed_in, clock_at, opened):
    clock_at("2027-03-02")
    answer = signed_in(ready).post("/renew/submit/", AGREED)
    application = Application.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "http://bank.test/pay/1")
    assert (application.state, application.received_on) == ("submitted", date(2027, 3, 2))
    asked = opened[0]
    assert asked["charge"] == application.charge
    assert asked["return_url"] == f"http://testserver/renew/pay/return/?renewal={application.reference}"
    assert asked["cancel_url"].endswith("&left=1")


def test_agreeing_to_the_renewal_twice_redirects_to_the_same_payment_page(ready, signed_in, clock_at, opened):
    clock_at("2027-03-02")
    browser = signed_in(ready)
    for _ in range(2):
        assert browser.post("/renew/submit/", AGREED).status_code == 303
    assert Application.objects.count() == 1
    assert opened[0]["charge"] == opened[1]["charge"]


def test_the_day_of_receipt_is_the_day_on_which_the_http_request_started(
    ready, signed_in, clock_at, opened, monkeypatch
):
    def slow(cycle, **how):
        clock_at("2027-03-15 00:00:03")
        return snapshot_of(cycle, **how)

    monkeypatch.setattr("renewals.views.renewing.snapshot_of", slow)
    clock_at("2027-03-14 23:59:59")
    signed_in(ready).post("/renew/submit/", AGREED)
    assert Application.objects.get().received_on == date(2027, 3, 14)


def test_a_price_changed_at_midnight_must_be_shown_before_the_trainer_agrees(
    ready, signed_in, clock_at, opened
):
    clock_at("2027-03-15 00:00:05")
    answer = signed_in(ready).post("/renew/submit/", AGREED)
    told = text_of(answer)
    assert answer.status_code == 422
    assert "There is a problem The price is $129 now. Check it, then agree again." in told
    assert "Agree and pay $129" in told
    assert not Application.objects.exists()
    assert not opened


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "agree again."),
        ({"attestation_version": "", "agreed_cents": ""}, "agree again."),
        ({"attestation_version": "x" * 500, "agreed_cents": "9900"}, "characters"),
        ({"attestation_version": VERSION, "agreed_cents": "NaN"}, "agree again."),
        ({"attestation_version": VERSION, "agreed_cents": "1e999"}, "agree again."),
        ({"attestation_version": VERSION, "agreed_cents": "9" * 31}, "agree again."),
        ({"attestation_version": VERSION, "agreed_cents": "-1"}, "agree again."),
        ({"attestation_version": VERSION, "agreed_cents": "٩٩٠١"}, "agree again."),
        ({"attestation_version": "\x00", "agreed_cents": "9900"}, "characters"),
        ({"attestation_version": "2020-1", "agreed_cents": "9900"}, "agree again."),
    ],
)
def test_a_tampered_agreement_form_changes_nothing(ready, signed_in, clock_at, opened, posted, sentence):
    clock_at("2027-03-02")
    answer = signed_in(ready).post("/renew/submit/", posted)
    told = text_of(answer)
    assert answer.status_code == 422
    assert "There is a problem" in told
    assert sentence in told
    assert not Application.objects.exists()


def test_extra_fields_posted_with_the_agreement_are_ignored(ready, signed_in, clock_at, opened, stranger):
    clock_at("2027-03-02")
    extra = {"state": "approved", "fee_total_cents": "1", "trainer": stranger.pk, "received_on": "2020-01-01"}
    signed_in(ready).post("/renew/submit/", {**AGREED, **extra})
    application = Application.objects.get()
    assert (application.state, application.fee_total_cents, application.trainer) == ("submitted", 9900, ready)


@pytest.mark.parametrize(
    ("day", "heading", "words"),
    [
        ("2026-09-14", "You cannot renew yet", "You can renew from September 15, 2026."),
        (
            "2028-03-14",
            "You can no longer renew this certification",
            "The last day to renew it was March 13, 2028.",
        ),
    ],
)
def test_the_check_page_says_so_outside_the_renewal_window(
    ready, signed_in, clock_at, opened, day, heading, words
):
    clock_at(day)
    browser = signed_in(ready)
    page = browser.get("/renew/check/")
    assert (page.status_code, heading_of(page)) == (200, heading)
    assert words in text_of(page)
    assert browser.post("/renew/submit/", AGREED).status_code == 422
    assert not Application.objects.exists()


@pytest.mark.parametrize("day", ["2026-09-15", "2028-03-13"])
def test_the_check_page_is_available_on_the_first_and_last_day_of_the_renewal_window(
    ready, signed_in, clock_at, day
):
    clock_at(day)
    assert heading_of(signed_in(ready).get("/renew/check/")) == "Check and submit your renewal"


def test_the_check_page_names_missing_requirements(ready, signed_in, clock_at, opened):
    factories.recount(CeuRecord.objects.filter(category="education"), 150)
    CeuRecord.objects.filter(category="cpr_aed").update(state="removed")
    clock_at("2027-03-02")
    browser = signed_in(ready)
    told = text_of(browser.get("/renew/check/"))
    assert "Something is still missing" in told
    assert "You have 1.5 of 2.0 CEUs. You need 0.5 more." in told
    assert "You have 0.0 of 0.1 CEUs in CPR and AED. You need 0.1 more." in told
    assert browser.post("/renew/submit/", AGREED).status_code == 422


def test_the_check_page_tells_a_suspended_trainer_why_renewing_is_not_possible(
    ready, signed_in, clock_at, opened
):
    Credential.objects.update(state="suspended", state_on=date(2027, 3, 1))
    clock_at("2027-03-02")
    browser = signed_in(ready)
    assert heading_of(browser.get("/renew/check/")) == "Your certification is not active"
    assert browser.post("/renew/submit/", AGREED).status_code == 422
    assert not Application.objects.exists()


def test_the_check_page_of_a_submitted_renewal_redirects_to_it(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    application = scenes.submit(ready, "2027-03-02")
    assert signed_in(ready).get("/renew/check/")["Location"] == f"/renew/{application.reference}/"


def test_an_unreachable_payment_service_keeps_the_submission_and_says_so(
    ready, signed_in, clock_at, monkeypatch
):
    def down(charge, **how):
        raise Refusal("We could not reach the payment service. Nothing was charged.", code="provider_down")

    monkeypatch.setattr("payments.redirects.open_checkout", down)
    clock_at("2027-03-02")
    browser = signed_in(ready)
    answer = browser.post("/renew/submit/", AGREED, follow=True)
    told = text_of(answer)
    assert "We could not reach the payment service. Nothing was charged." in told
    assert "Your renewal is not finished" in told
    assert "Pay $99" in told
    assert Application.objects.get().state == "submitted"


def test_starting_a_renewal_again_redirects_to_the_check_page(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    browser = signed_in(ready)
    for _ in range(2):
        assert browser.post("/renew/start/")["Location"] == "/renew/check/"
    assert Application.objects.get().state == "draft"


@pytest.mark.parametrize("path", ["/renew/submit/", "/renew/start/"])
def test_get_requests_to_the_renewal_actions_change_nothing(ready, signed_in, clock_at, path):
    clock_at("2027-03-02")
    assert signed_in(ready).get(path).status_code == 405
    assert not Application.objects.exists()
