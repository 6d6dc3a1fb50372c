"""Writing a petition, checking it, agreeing to the fee, and coming back from the payment page."""

from dataclasses import replace
from datetime import date

import pytest

from payments.models import Charge
from petitions.models import Petition
from rules.units import HUNDREDTHS, BadCeus, Unit, parse_contact_hours
from tests import factories
from tests.ceus.scenes import a_day
from tests.petitions import scenes
from tests.petitions.scenes import FORM, SHORTEST_FORM, VERSION
from tests.reading import heading_of, text_of
from tests.renewals import scenes as renewal_scenes

pytestmark = pytest.mark.django_db
AGREED = {"attestation_version": VERSION, "agreed_cents": "2500"}


@pytest.fixture
def bank(monkeypatch) -> None:
    """A payment page of its own for each charge, that tells where it leads back to."""
    monkeypatch.setattr(
        "payments.redirects.open_checkout",
        lambda charge, **how: f"http://bank.test/{charge.pk}?{how['return_url']}|{how['cancel_url']}",
    )


def test_an_empty_list_of_petitions_says_what_they_are_for_and_what_they_cost(jordan, at, signed_in):
    told = text_of(signed_in(jordan).get("/petitions/"))
    assert "Did you take a course that is not on our list?" in told
    assert "Each course costs $25. The fee is not refunded, whatever we decide." in told
    assert "Ask us to count a course" in told


def test_the_list_has_the_trainers_own_petitions_newest_first_25_a_page(
    jordan, stranger, clock_at, signed_in
):
    for number in range(27):
        scenes.draft(jordan, at=clock_at(f"2027-02-01 10:{number:02}"), title=f"Course number {number}.")
    scenes.draft(stranger, at=clock_at("2027-02-01 12:00"), title="Not hers")
    browser = signed_in(jordan)
    first, second = text_of(browser.get("/petitions/")), text_of(browser.get("/petitions/?page=2"))
    assert first.index("Course number 26.") < first.index("Course number 2.")
    assert "Course number 1." not in first
    assert "Course number 1." in second
    assert "Being prepared" in first
    assert "Not hers" not in first + second
    for page in ("0", "x", "99999999999999999999"):
        assert browser.get(f"/petitions/?page={page}").status_code == 200


def test_the_first_page_states_the_fee_and_that_it_is_not_refunded(jordan, at, signed_in):
    told = text_of(signed_in(jordan).get("/petitions/new/"))
    assert "The fee is $25 for each course. It is not refunded, whatever we decide." in told


def test_a_new_petition_is_prefilled_with_the_title_that_was_searched_for(jordan, at, signed_in):
    browser = signed_in(jordan)
    search = browser.get("/my-courses/add/?q=Hip+%26+knee").content.decode()
    assert 'href="/petitions/new/?title=Hip%20%26%20knee"' in search
    page = browser.get("/petitions/new/?title=Hip%20%26%20knee").content.decode()
    assert 'value="Hip &amp; knee"' in page
    assert browser.get("/petitions/new/", {"title": "<b>" * 3000}).status_code == 200


def test_a_petition_is_written_checked_and_sent_with_the_attestation(jordan, at, signed_in, picture, bank):
    browser = signed_in(jordan)
    told = browser.post(
        "/petitions/new/", {**FORM, "certificate": picture(), "agenda": picture()}, follow=True
    )
    petition = Petition.objects.get()
    assert told.redirect_chain[-1][0] == f"/petitions/{petition.reference}/check/"
    assert "4.5 hours, which are 0.45 CEUs" in text_of(told)
    assert "Agree and pay $25" in text_of(told)
    assert (petition.began_on, petition.completed_on) == (date(2027, 1, 9), date(2027, 1, 10))
    assert (petition.asked_hundredths, petition.provider_link) == (45, "https://www.northside.example")
    answer = browser.post(f"/petitions/{petition.reference}/send/", AGREED)
    charge = Charge.objects.get()
    assert answer.status_code == 303
    back = f"/petitions/{petition.reference}/pay/return/"
    assert answer["Location"].startswith(f"http://bank.test/{charge.pk}?http")
    assert answer["Location"].partition("|")[0].endswith(back)
    assert answer["Location"].endswith(f"{back}?left=1")


def test_a_draft_is_saved_with_title_and_provider_and_its_check_page_asks_for_the_rest(jordan, at, signed_in):
    told = text_of(signed_in(jordan).post("/petitions/new/", SHORTEST_FORM, follow=True))
    for missing in (
        "the day you finished",
        "the contact hours",
        "what you learned",
        "who taught it, and what qualifies them",
        "your certificate of completion",
        "the agenda",
    ):
        assert missing in told
    assert "Agree and pay" not in told


def test_posting_the_agreement_for_an_incomplete_petition_is_refused(jordan, at, signed_in):
    browser = signed_in(jordan)
    browser.post("/petitions/new/", SHORTEST_FORM)
    petition = Petition.objects.get()
    answer = browser.post(f"/petitions/{petition.reference}/send/", AGREED)
    assert answer.status_code == 422
    assert "Before you can pay, add the day you finished" in text_of(answer)
    assert not Charge.objects.exists()


def test_the_check_page_offers_logging_a_listed_course_for_free_instead_of_paying(draft, jordan, signed_in):
    course = factories.CourseFactory(title="Kettlebell Biomechanics", slug="kettlebell")
    page = signed_in(jordan).get(f"/petitions/{draft.reference}/check/")
    assert "Log it for free and save $25" in text_of(page)
    link = f"/my-courses/add/{course.slug}/?finished=2027-01-10"
    assert f'href="{link}"' in page.content.decode()
    assert signed_in(jordan).get(link).context["form"].cleaned_data["completed_on"] == date(2027, 1, 10)


@pytest.mark.parametrize("day", ["", "yesterday", "2027-02-30", "<script>", "0000-00-00", "9" * 5000])
def test_an_invalid_completion_date_in_the_url_leaves_today_chosen(jordan, at, signed_in, day):
    factories.CourseFactory(title="Kettlebell Biomechanics", slug="kettlebell")
    page = signed_in(jordan).get("/my-courses/add/kettlebell/", {"finished": day})
    assert page.status_code == 200
    assert page.context["form"].cleaned_data["completed_on"] == at.date()


def test_the_check_page_points_out_an_earlier_petition_for_the_same_course_and_day(jordan, at, signed_in):
    scenes.submitted(jordan, at=at)
    again = scenes.draft(jordan, at=at)
    assert "You asked for this before" in text_of(
        signed_in(jordan).get(f"/petitions/{again.reference}/check/")
    )


def test_agreeing_to_a_petition_twice_makes_one_charge_and_one_payment_page(draft, jordan, signed_in, bank):
    browser = signed_in(jordan)
    answers = [browser.post(f"/petitions/{draft.reference}/send/", AGREED) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Charge.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"attestation_version": "2020-01"}, "What you agree to has changed. Read it, then agree again."),
        ({"agreed_cents": "1"}, "The fee is $25 now. Check it, then agree again."),
        ({"agreed_cents": "NaN"}, "Part of this page did not arrive."),
        ({"agreed_cents": "9" * 31}, "Part of this page did not arrive."),
        ({"attestation_version": ""}, "Part of this page did not arrive."),
    ],
)
def test_an_agreement_to_another_attestation_version_or_amount_is_refused(
    draft, jordan, signed_in, changed, sentence
):
    answer = signed_in(jordan).post(f"/petitions/{draft.reference}/send/", {**AGREED, **changed})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Charge.objects.exists()


def test_a_sent_petition_cannot_be_changed(jordan, at, signed_in):
    petition = scenes.unpaid(jordan, at=at)
    browser = signed_in(jordan)
    page = f"/petitions/{petition.reference}/"
    assert browser.get(f"{page}change/")["Location"] == page
    assert browser.get(f"{page}check/")["Location"] == page
    answer = browser.post(f"{page}change/", {**FORM, "title": "Something else"})
    assert answer.status_code == 409
    assert "You have sent this petition, so it cannot change." in text_of(answer)
    petition.refresh_from_db()
    assert petition.title == "Kettlebell Biomechanics"


def test_a_suspended_trainer_cannot_send_a_petition_and_the_page_says_why(draft, jordan, signed_in):
    jordan.credentials.update(state="suspended", state_on=date(2027, 1, 20))
    browser = signed_in(jordan)
    assert "Your certification is not active" in text_of(browser.get(f"/petitions/{draft.reference}/check/"))
    answer = browser.post(f"/petitions/{draft.reference}/send/", AGREED)
    assert answer.status_code == 422
    assert not Charge.objects.exists()


@pytest.mark.parametrize(
    ("bank_says", "left", "heading", "words"),
    [
        ("", "", "Your petition is not paid yet", "Our review begins when it is paid."),
        ("expired", "", "Your petition is not paid yet", "Our review begins when it is paid."),
        ("open", "", "We are confirming your payment", "or check again in a minute"),
        ("open", "?left=1", "You left before paying", "Nothing was charged."),
        ("confirming", "", "We are waiting for your bank", "or check again in a minute"),
        ("confirming", "?left=1", "We are waiting for your bank", "or check again in a minute"),
        ("declined", "", "Your bank declined the payment", "Nothing was charged."),
        ("declined", "?left=1", "Your bank declined the payment", "Nothing was charged."),
    ],
)
def test_returning_from_the_payment_page_changes_nothing_while_the_fee_is_not_paid(
    jordan, at, signed_in, bank_says, left, heading, words
):
    petition = scenes.unpaid(jordan, at=at)
    if bank_says:
        ended = at if bank_says in ("declined", "expired") else None
        renewal_scenes.visit(petition, "2027-02-01", state=bank_says, ended_at=ended)
    before = Petition.objects.values().get()
    page = signed_in(jordan).get(f"/petitions/{petition.reference}/pay/return/{left}")
    assert heading_of(page) == heading
    assert words in text_of(page)
    assert ("Pay $25" in text_of(page)) == (not heading.startswith("We are"))
    assert Petition.objects.values().get() == before


def test_the_payment_return_page_of_a_petition_says_when_the_payment_has_arrived(jordan, at, signed_in):
    petition = scenes.unpaid(jordan, at=at)
    renewal_scenes.settle(petition, "2027-02-01")
    browser, back = signed_in(jordan), f"/petitions/{petition.reference}/pay/return/"
    page = browser.get(back)
    assert heading_of(page) == "We are looking at your course"
    assert "We will answer by the end of Monday, February 15, 2027." in text_of(page)


def test_a_paid_petition_cannot_be_paid_again(jordan, at, signed_in):
    petition = scenes.submitted(jordan, at=at)
    for end in ("pay", "send"):
        answer = signed_in(jordan).post(f"/petitions/{petition.reference}/{end}/", AGREED)
        assert answer["Location"] == f"/petitions/{petition.reference}/"


def test_the_page_of_an_unpaid_petition_offers_to_pay_again(jordan, at, signed_in, bank):
    petition = scenes.unpaid(jordan, at=at)
    renewal_scenes.visit(petition, "2027-02-01", state="declined", ended_at=at)
    browser = signed_in(jordan)
    page = browser.get(f"/petitions/{petition.reference}/")
    assert heading_of(page) == "Your bank declined the payment"
    assert "Pay $25" in text_of(page)
    assert browser.post(f"/petitions/{petition.reference}/pay/").status_code == 303


def test_an_unreachable_payment_service_is_reported_and_the_petition_is_kept(
    draft, jordan, signed_in, settings
):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    answer = signed_in(jordan).post(f"/petitions/{draft.reference}/send/", AGREED, follow=True)
    assert "We could not reach the payment service. Nothing was charged." in text_of(answer)
    assert "Pay $25" in text_of(answer)


def test_an_impossible_completion_date_is_refused_at_its_field(jordan, at, signed_in):
    browser = signed_in(jordan)
    for field, typed, sentence in (
        ("completed_on", "2/2/2027", "The day you finished cannot be in the future."),
        ("completed_on", "3/13/2021", "You were first certified on March 14, 2021."),
        ("began_on", "1/11/2027", "The first day is after the day you finished."),
    ):
        answer = browser.post("/petitions/new/", {**FORM, **a_day(field, typed)})
        assert answer.status_code == 422
        assert sentence in str(answer.context["form"].errors[field])
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("4", 40), ("4.5", 45), ("0.1", 1), ("04.0", 40), ("1000", 10_000), ("1000.0", 10_000)],
)
def test_contact_hours_are_converted_to_tenths_of_a_ceu(typed, hundredths):
    assert parse_contact_hours(typed, hours_unit("10")) == hundredths


def test_hours_at_another_conversion_rate_must_give_whole_hundredths_of_a_ceu():
    assert parse_contact_hours("0.4", hours_unit(None)) == 40
    assert parse_contact_hours("3", hours_unit("12")) == 25
    with pytest.raises(BadCeus):
        parse_contact_hours("1", hours_unit("12"))


def hours_unit(rate: str | None) -> Unit:
    return replace(HUNDREDTHS, hours_per_unit=rate)
