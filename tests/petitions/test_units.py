"""A course that is not in the catalogue may be stated in another unit that the policy converts.

A semester hour is 1.5 CEUs, rounded down to hundredths; sixty minutes are 0.1.
"""

import pytest

from petitions.models import Petition
from tests.bodies import let_follow
from tests.petitions.scenes import SHORTEST_FORM, page_of
from tests.reading import text_of
from trainers.models import Credential

pytestmark = pytest.mark.django_db
BODY = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }]
clauses = [{ code = "7", text = "A semester hour is 1.5 CEUs." }]
conversions = [
    { code = "semester_hour", label = "Semester hours", worth = "1.5", clause = "7", text = "A semester hour is 1.5 CEUs." },
    { code = "minute", label = "Minutes", worth = "0.1", of = "60", clause = "7", text = "Sixty minutes are 0.1 CEUs." },
]
"""


@pytest.fixture
def writing(jordan, follow_body, signed_in, clock_at):
    clock_at("2027-02-01 12:00")
    let_follow(Credential.objects.get(trainer=jordan), follow_body(BODY))
    return signed_in(jordan)


def test_the_form_offers_each_unit_with_what_it_is_worth_and_the_clause(writing):
    page = writing.get("/petitions/new/").content.decode()
    assert '<option value="semester_hour">Semester hours</option>' in page
    assert "A semester hour is 1.5 CEUs. (7)" in page
    assert "Sixty minutes are 0.1 CEUs. (7)" in page


@pytest.mark.parametrize(
    ("unit", "typed", "hundredths"),
    [("semester_hour", "1", 150), ("semester_hour", "0.333", 49), ("minute", "90", 15), ("", "0.4", 40)],
)
def test_an_amount_in_another_unit_is_kept_as_ours_rounded_as_the_rules_say(writing, unit, typed, hundredths):
    answer = writing.post("/petitions/new/", {**SHORTEST_FORM, "other_unit": unit, "hours": typed})
    petition = Petition.objects.get()
    assert (answer.status_code, petition.asked_hundredths) == (302, hundredths)


def test_an_amount_is_converted_by_the_version_of_the_first_day_of_the_cycle_though_a_later_one_is_in_force(
    jordan, follow_body, signed_in, clock_at
):
    clock_at("2027-02-01 12:00")
    _, _, conversions = BODY.partition("conversions = ")
    later = f"[[versions]]\nin_force_from = 2027-01-01\nconversions = {conversions}".replace("1.5", "1.0")
    let_follow(Credential.objects.get(trainer=jordan), follow_body(BODY + later))  # its cycle began in 2025
    browser = signed_in(jordan)
    assert "A semester hour is 1.5 CEUs. (7)" in browser.get("/petitions/new/").content.decode()
    browser.post("/petitions/new/", {**SHORTEST_FORM, "other_unit": "semester_hour", "hours": "1"})
    assert Petition.objects.get().asked_hundredths == 150


def test_the_check_page_shows_the_converted_amount(writing):
    writing.post("/petitions/new/", {**SHORTEST_FORM, "other_unit": "minute", "hours": "90"})
    assert "0.15 CEUs" in text_of(writing.get(page_of(Petition.objects.get(), "check")))


@pytest.mark.parametrize(
    ("unit", "typed", "sentence"),
    [
        ("semester_hour", "one", "Write plain digits, more than 0, with at most 4 decimals."),
        ("minute", "1", "This is less than 0.01 CEUs."),
        ("semester_hour", "9999999", "This is more than any course gives."),
        ("fortnight", "1", "Choose a unit from the list."),
    ],
)
def test_an_amount_that_cannot_be_converted_is_refused_at_its_field_and_what_was_typed_is_kept(
    writing, unit, typed, sentence
):
    answer = writing.post("/petitions/new/", {**SHORTEST_FORM, "other_unit": unit, "hours": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page
    assert not Petition.objects.exists()


def test_a_policy_that_converts_nothing_offers_no_other_unit(jordan, signed_in, clock_at):
    clock_at("2027-02-01 12:00")
    assert "other_unit" not in signed_in(jordan).get("/petitions/new/").content.decode()
