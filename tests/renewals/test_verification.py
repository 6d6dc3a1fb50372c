"""The public check by number alone: in force, not in force or no match; nothing else (Q29)."""

from datetime import date

import pytest

from renewals import services
from tests import factories
from tests.reading import heading_of, text_of
from tests.renewals import decided, scenes
from tests.renewals.scenes import moment


def answer(client, path: str = "/verify/11934482/") -> tuple[str, str]:
    page = client.get(path)
    assert page.status_code == 200
    return heading_of(page), text_of(page)


@pytest.mark.parametrize(
    ("day", "heading", "words"),
    [
        ("2027-03-14 23:59:59", "In force", "This certification is in force."),
        ("2027-03-15 00:00:00", "Not in force", "This certification is not in force."),
        ("2030-01-01", "Not in force", "This certification is not in force."),
    ],
)
def test_verification_shows_a_certification_in_force_until_the_end_of_its_last_day(
    jordan, client, clock_at, day, heading, words
):
    clock_at(day)
    found, told = answer(client)
    assert found == heading
    assert words in told


@pytest.mark.parametrize("path", ["/verify/11934482/", "/v/11934482/", "/v/1193-4482/", "/verify/1193 4482/"])
def test_verification_finds_a_number_with_or_without_spaces_and_dashes(jordan, client, clock_at, path):
    clock_at("2027-03-02")
    assert answer(client, path)[0] == "In force"


def test_verification_by_number_shows_its_time_and_no_personal_data(jordan, client, clock_at):
    clock_at("2027-03-02 15:05")
    page = client.get("/verify/11934482/").content.decode()
    assert "Checked" in page
    assert "March 2, 2027 at 3:05 pm" in page
    assert "Phoenix time" in page
    for private in ("Jordan", "Rivera", "jordan@example.org", "March 14, 2027", "2021", "Trainer"):
        assert private not in page


@pytest.mark.parametrize(
    "number", ["99999999", "1", "x" * 300, "' OR 1=1 --", "１１９３４４８２", "%00", "1193\u20284482x"]
)
def test_verification_of_an_unknown_or_malformed_number_finds_no_match(jordan, client, clock_at, number):
    clock_at("2027-03-02")
    page = client.get(f"/verify/{number}/")
    assert page.status_code == (400 if number == "%00" else 200)
    assert number == "%00" or heading_of(page) == "No match"


@pytest.mark.parametrize(("state", "on"), [("suspended", date(2027, 3, 1)), ("revoked", date(2027, 3, 1))])
def test_verification_shows_a_suspended_or_revoked_certification_without_the_date(
    jordan, client, clock_at, state, on
):
    factories.walk_to(jordan.credentials.get(), state, state_on=on)
    clock_at("2027-03-02")
    found, told = answer(client)
    assert found == "Not in force"
    assert "March 1, 2027" not in told


def in_review(trainer, day: str):
    application = scenes.submit(trainer, day)
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    return scenes.pay(application, day)


def test_a_renewal_received_on_time_keeps_the_certification_active_until_decided(
    ready, reviewer, client, clock_at
):
    application = in_review(ready, "2027-03-14")
    clock_at("2027-03-20")
    assert answer(client)[0] == "In force"
    decided.return_application(
        application, by=reviewer, at=moment("2027-03-20"), reason="A course is not yours."
    )
    assert answer(client)[0] == "In force"
    clock_at("2027-04-20")
    services.deny_uncorrected_renewal(application, at=moment("2027-04-20"))
    assert answer(client)[0] == "Not in force"


def test_a_renewal_received_late_leaves_the_certification_expired_until_approved(ready, client, clock_at):
    in_review(ready, "2027-03-15")
    clock_at("2027-03-20")
    assert answer(client)[0] == "Not in force"


def test_an_unpaid_renewal_does_not_keep_the_certification_active(ready, client, clock_at):
    scenes.submit(ready, "2027-03-14")
    clock_at("2027-03-15")
    assert answer(client)[0] == "Not in force"


def test_a_late_approval_makes_the_certification_active_again(ready, client, clock_at):
    scenes.renew(ready, "2027-04-01")
    clock_at("2027-04-01")
    assert answer(client)[0] == "In force"


def test_the_verification_form_redirects_to_the_page_of_the_number(jordan, client, clock_at):
    clock_at("2027-03-02")
    assert client.get("/verify/").status_code == 200
    assert client.get("/verify/", {"number": " 1193-4482 "})["Location"] == "/verify/11934482/"
    pasted = "\u202d1193\ufffe4482\u202c"
    assert client.get("/verify/", {"number": pasted})["Location"] == "/verify/11934482/"


@pytest.mark.parametrize("typed", ["", "   ", "12/34", "<script>", "١٢٣", "=cmd()", "9" * 1000])
def test_an_invalid_number_in_the_verification_form_shows_a_field_error(client, db, typed):
    page = client.get("/verify/", {"number": typed})
    assert page.status_code == 422
    assert "There is a problem" in text_of(page)
