"""The public calculator: dates and CEUs in; status, fee, deadlines and reasons out; nothing stored."""

import re
from datetime import date

import pytest

from renewals.forms import what_if
from rules.facts import Circumstances, Facts
from tests.reading import heading_of, text_of
from tests.rules.making import made


def asked(expires="6 30 2026", apply="6 30 2026", ceus="1.9", card="6 30 2028", awarded="") -> dict[str, str]:
    """The form's answers for dates written as month day year."""
    dates = {"expires_on": expires, "apply_on": apply, "card_through": card, "awarded_on": awarded}
    parts = {
        f"{name}_{part}": value
        for name, text in dates.items()
        for part, value in zip(("month", "day", "year"), (*text.split(), "", "", "")[:3], strict=True)
    }
    return {**parts, "ceus": ceus}


@pytest.mark.parametrize(
    ("apply", "answer", "words"),
    [
        ("12 31 2025", "Not yet $99 from January 1, 2026 On December 31, 2025 you are certified, through June 30, 2026.",
         "You can renew from January 1, 2026."),
        ("1 1 2026", "You can renew $99 On January 1, 2026 you are certified, through June 30, 2026.", "Total $99.00"),
        ("6 30 2026", "You can renew $99 On June 30, 2026 you are certified, through June 30, 2026.", "Total $99.00"),
        ("7 1 2026", "You can renew $129 On July 1, 2026 your certification has expired.",
         "Late fee $30.00 The late fee is $30, because the renewal comes after June 30, 2026. Total $129.00"),
        ("9 28 2026", "You can renew $129 On September 28, 2026 your certification has expired.", "Total $129.00"),
        ("9 29 2026", "You can renew $149 On September 29, 2026 your certification has expired.", "Total $149.00"),
        ("6 29 2027", "You can renew $149 On June 29, 2027 your certification has expired.", "Total $149.00"),
        ("6 30 2027", "Ended You can no longer renew On June 30, 2027 your certification has expired.",
         "The last day to renew was June 29, 2027."),
    ],
)  # fmt: skip
def test_the_calculator_answers_with_the_price_in_each_renewal_window(client, db, apply, answer, words):
    page = client.get("/calculator/", asked(apply=apply))
    told = text_of(page)
    assert page.status_code == 200
    assert heading_of(page) == "What will it cost?"
    assert answer in told
    assert words in told


def test_the_calculator_shows_no_price_on_a_day_when_renewing_is_not_possible(client, db):
    for apply in ("12 31 2025", "6 30 2027"):
        assert "What you would pay" not in text_of(client.get("/calculator/", asked(apply=apply)))


def test_the_calculators_answer_names_its_dates_and_says_what_each_bar_means(client, db):
    told = text_of(client.get("/calculator/", asked(apply="7 1 2026")))
    for words in (
        "First day to renew January 1, 2026",
        "Last day for courses of this cycle September 28, 2026",
        "Last day to renew at all June 29, 2027",
        "Next cycle July 1, 2026 through June 30, 2028",
        "$99 On time From January 1, 2026 through June 30, 2026 you renew on time. It costs $99.",
        "$129 Late From July 1, 2026 through September 28, 2026 you can still renew, with a late fee. It costs $129."
        " Your day",
        "$149 Late, with an additional fee From September 29, 2026 through June 29, 2027 you can still renew",
        "Your certification expired on June 30, 2026.",
    ):
        assert words in told
    assert re.findall(r"\b[SQ][0-9]{1,2}\b", told) == []


@pytest.mark.parametrize(
    ("ceus", "card", "words"),
    [
        ("1.9", "6 30 2026", "You have everything that you need."),
        ("1.89", "6 30 2026", "You have 1.99 of 2.0 CEUs. You need 0.01 more."),
        ("1.9", "", "You have 0.0 of 0.1 CEUs in CPR and AED. You need 0.1 more."),
        ("1.9", "6 29 2026", "You have 0.0 of 0.1 CEUs in CPR and AED. You need 0.1 more."),
        ("", "6 30 2026", "You have 0.1 of 2.0 CEUs. You need 1.9 more."),
        ("0", "6 30 2026", "You have 0.1 of 2.0 CEUs. You need 1.9 more."),
    ],
)
def test_the_calculators_answer_names_missing_requirements(client, db, ceus, card, words):
    assert words in text_of(client.get("/calculator/", asked(ceus=ceus, card=card)))


def test_the_calculator_computes_the_next_cycle_of_a_leap_day_award_from_the_award_date(client, db):
    told = text_of(
        client.get("/calculator/", asked(expires="2 28 2026", apply="2 28 2026", awarded="2 29 2024"))
    )
    assert "Next cycle March 1, 2026 through February 29, 2028" in told


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"expires": ""}, "Enter the expiration date."),
        ({"apply": ""}, "Enter the day you would renew."),
        ({"expires": "2 30 2026"}, "Enter the expiration date as a real date"),
        ({"expires": "13 1 2026"}, "Enter the expiration date as a real date"),
        ({"expires": "June 30 2026"}, "Enter the expiration date in numbers"),
        ({"expires": "6 30 26"}, "Enter the year with 4 digits"),
        ({"expires": "٦ ٣٠ ٢٠٢٦"}, "Enter the expiration date in numbers"),
        ({"expires": "6 30 1950", "apply": "6 30 1950"}, "We have rules for the year 2000 and later."),
        ({"apply": "6 30 1999"}, "We have rules for the year 2000 and later."),
        ({"awarded": "7 1 2026"}, "The award is after the last day of the cycle."),
        ({"ceus": "NaN"}, "Write CEUs in plain digits"),
        ({"ceus": "1e3"}, "Write CEUs in plain digits"),
        ({"ceus": "0,5"}, "Write CEUs in plain digits"),
        ({"ceus": "٣"}, "Write CEUs in plain digits"),
        ({"ceus": "-1"}, "Write CEUs in plain digits"),
        ({"ceus": "1.999"}, "Write CEUs in plain digits"),
        ({"ceus": "9" * 31}, "Use 12 characters or fewer."),
        ({"ceus": "<script>"}, "Write CEUs in plain digits"),
        ({"card": "6 2028"}, "the last valid day of your card"),
    ],
)
def test_invalid_calculator_input_shows_a_field_error_and_is_kept(client, db, changes, sentence):
    page = client.get("/calculator/", asked(**changes))
    assert page.status_code == 422
    told = text_of(page)
    assert "There is a problem" in told
    assert sentence in told
    assert "What you would pay" not in told
    assert 'value="1.9"' in page.content.decode() or "ceus" in changes


def test_a_nul_character_in_the_calculators_url_is_refused_without_a_server_error(client, db):
    assert client.get("/calculator/", asked(ceus="1\x00")).status_code == 400


def test_an_empty_calculator_shows_no_answer(client, db):
    page = client.get("/calculator/")
    assert page.status_code == 200
    assert "Your dates and CEUs" in text_of(page)
    assert "There is a problem" not in text_of(page)


def test_the_calculator_is_prefilled_with_a_trainers_own_dates_and_answers(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    page = signed_in(ready).get("/calculator/")
    told = text_of(page)
    assert "$99 On March 2, 2027 you are certified, through March 14, 2027." in told
    assert "You have everything that you need." in told
    assert "Total $99.00" in told
    html = page.content.decode()
    assert 'name="ceus" value="1.9"' in html
    assert 'name="apply_on_year" value="2027"' in html


def test_a_calculator_link_with_only_a_day_is_answered_with_the_trainers_own_dates(
    ready, signed_in, clock_at
):
    clock_at("2027-03-02")
    day = {"apply_on_month": "4", "apply_on_day": "1", "apply_on_year": "2027"}
    page = signed_in(ready).get("/calculator/", day)
    assert page.status_code == 200
    assert "You can renew $129 On April 1, 2027 your certification has expired." in text_of(page)


def test_a_calculator_field_that_a_trainer_empties_is_not_filled_with_their_own_value(
    ready, signed_in, clock_at
):
    clock_at("2027-03-02")
    told = text_of(
        signed_in(ready).get("/calculator/", asked(expires="3 14 2027", apply="3 2 2027", ceus=""))
    )
    assert "You need 1.9 more." in told


def test_the_calculator_shows_the_higher_price_of_a_later_day(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    told = text_of(signed_in(ready).get("/calculator/", asked(expires="3 14 2027", apply="6 13 2027")))
    assert "Total $149.00" in told


@pytest.mark.parametrize(("ends", "cents"), [("2027-06-30", 7900), ("2027-07-31", 9900)])
def test_a_members_price_is_that_of_their_own_dates_and_of_no_others(ends, cents):
    policy = made(
        'fees = [{ code = "renewal", amount = "99.00", instead = [{ when = { member = true }, amount = "79.00" }] }]',
        plain='in_force_from = 2000-01-01\ntotal = { value = "20" }\n',
    )
    own = Facts(expires_on=date(2027, 6, 30), more=Circumstances(member=True))
    found = what_if(policy, expires_on=date.fromisoformat(ends), apply_on=date(2027, 6, 1), own=own)
    assert found.fees is not None
    assert found.fees.total_cents == cents
