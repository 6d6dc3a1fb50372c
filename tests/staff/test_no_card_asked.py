"""A body whose card must be current, but not for everybody: a way that asks for no amounts, or another requirement that
does as well. Every page of the holder and of staff stands, and asks for what is left.
"""

from datetime import date

import pytest
from django.urls import reverse

from renewals.pages.snapshot import snapshot_of
from renewals.reminders.letters import renewal_letter
from tests.audits.scenes import open_periods
from tests.bodies import WITH_CARD, let_follow
from tests.reading import text_of
from tests.resting import DAY, INSIDE, WAY_BACK, follow_resting, rest

pytestmark = pytest.mark.django_db
OWN = (
    "/home/", "/renew/way/", "/renew/check/", "/my-courses/", "/my-courses/add/", "/card/", "/cards/",
    "/account/calendar/dates.ics", "/transcript/", "/calculator/", "/how-renewal-works/",
)  # fmt: skip
EITHER = (
    'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    'limits = [{ code = "lessons", label = "Lessons", over = { categories = ["education"] }, '
    'minimum = { value = "0.2" } }]\n'
    'alternatives = [{ code = "either", label = "A card or lessons", of = ["cpr_aed", "lessons"], '
    'text = "A card or lessons do." }]\n'
)


def read(jordan, browser, lead, desk) -> dict[str, str]:
    """The text of every page on which the card of somebody may be, all answered with 200."""
    staff = desk(lead)
    person = reverse("admin:trainers_trainer_change", args=[jordan.pk])
    answers = {path: browser.get(path) for path in OWN} | {"person": staff.get(person)}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    return {path: text_of(answer) for path, answer in answers.items() if not path.endswith(".ics")}


def test_a_way_without_credits_asks_for_no_card_on_any_page(
    jordan, stranger, lead, desk, follow_body, clock_at, signed_in
):
    clock_at(DAY)
    follow_resting(jordan, follow_body, WITH_CARD)
    cycle = rest(jordan, signed_in(jordan))
    clock_at(INSIDE)
    browser = signed_in(jordan)
    browser.post("/renew/way/back/")
    assert "You can renew from" in (early := text_of(browser.get("/home/")))
    assert "0 of 0" not in early
    cycle.refresh_from_db()
    subject = renewal_letter(snapshot_of(cycle, today=date(2028, 6, 1))).subject
    assert subject == "You can renew from September 15, 2028"
    clock_at(WAY_BACK)
    browser = signed_in(jordan)
    pages = read(jordan, browser, lead, desk)
    assert "You can renew now" in pages["/home/"]
    # What nobody asks for is not counted, and the fee of another way is no fee that comes later.
    for said in ("0 of 0", "Courses logged", "CPR and AED", "Rest fee"):
        assert said not in pages["/home/"] + pages["/renew/check/"]
    assert "0 of 0" not in pages["person"]
    assert "Agree and pay $124" in pages["/renew/check/"]


def test_a_card_that_is_one_of_two_ways_stands_on_every_page(
    jordan, stranger, lead, desk, follow_body, clock_at, signed_in
):
    clock_at(DAY)
    let_follow(jordan.credentials.get(), follow_body(EITHER + WITH_CARD))
    open_periods(rate="0", policy_code="body")
    pages = read(jordan, signed_in(jordan), lead, desk)
    either = "A card or lessons: one of these is enough. You have 0 of 0.1 CEUs in CPR and AED."
    assert {path for path, text in pages.items() if either in text} == {
        "/home/",
        "/renew/check/",
        "/my-courses/",
        "/calculator/",
        "person",
    }
