"""Home and the check page of a renewal that depends on a petition, by date (Q15, Q16)."""

import pytest

from petitions import services as petitions
from tests.cast import colleague
from tests.petitions import scenes as petition_scenes
from tests.reading import heading_of, text_of
from tests.renewals import scenes
from tests.renewals.scenes import HOME_QUERIES, queries_of

pytestmark = pytest.mark.django_db
EITHER_WAY = (
    "If we count it, your renewal is complete at once. If not, you have 30 days to bring 0.4 CEUs "
    "at the same price, with courses that you finished through June 12, 2027."
)


@pytest.fixture
def at(clock_at):
    return clock_at("2027-01-20 12:00")


def test_home_with_an_open_petition_offers_renewal_and_explains_each_possible_decision(short, at, signed_in):
    petition = petition_scenes.submitted(short, at=at)
    page = signed_in(short).get("/home/")
    told = text_of(page)
    assert f'<span class="nowrap">{petition.reference}</span>' in page.content.decode()
    assert "Renew for $99" in told
    name = f"“Kettlebell Biomechanics” ({petition.reference}, 0.4 CEUs)"
    assert f"We decide about {name} by the end of Wednesday, February 3, 2027." in told
    assert EITHER_WAY in told


@pytest.mark.parametrize(
    ("today", "line", "button"),
    [
        ("2027-03-02", "Renew through March 14 to avoid the $30 late fee.", "Renew for $99"),
        ("2027-03-14", "Through 11:59 pm, Phoenix time. Tomorrow it costs $129.", "Renew for $99"),
        ("2027-03-15", "You can still renew. Through June 12, 2027 it costs $129: $99 plus a $30 late fee.", "Renew for $129"),
        ("2027-06-13", "Through March 13, 2028 it costs $149: $99, a $30 late fee and a $20 additional fee.", "Renew for $149"),
    ],
)  # fmt: skip
def test_home_near_or_after_expiration_says_what_an_open_petition_would_add(
    short, clock_at, signed_in, today, line, button
):
    petition = petition_scenes.submitted(short, at=clock_at(f"{today} 12:00"))
    told = text_of(signed_in(short).get("/home/"))
    assert (
        f"{line} We decide about “Kettlebell Biomechanics” ({petition.reference}, 0.4 CEUs) by the end"
        in told
    )
    assert EITHER_WAY in told
    assert button in told
    assert "You need 0.4 more CEUs" not in told


def test_home_says_when_the_decision_about_a_petition_is_late(short, at, clock_at, signed_in):
    petition = petition_scenes.submitted(short, at=at)
    clock_at("2027-02-03 12:00")
    assert "We wanted to" not in text_of(signed_in(short).get("/home/"))
    clock_at("2027-02-04 12:00")
    told = text_of(signed_in(short).get("/home/"))
    name = f"“Kettlebell Biomechanics” ({petition.reference}, 0.4 CEUs)"
    assert f"We wanted to decide about {name} by the end of February 3, 2027 and are late." in told
    assert (
        "In review You asked us to count it. We wanted to answer by the end of February 3, 2027 and are late"
        in told
    )
    assert "We decide about" not in told


def test_home_of_another_trainer_does_not_mention_the_petition(short, stranger, at, signed_in):
    petition_scenes.submitted(short, at=at)
    assert "Kettlebell" not in text_of(signed_in(stranger).get("/home/"))


@pytest.mark.parametrize("asked", [39, 40])
def test_home_offers_to_renew_only_when_the_petition_would_be_enough(short, at, signed_in, asked):
    petition_scenes.submitted(short, at=at, asked_hundredths=asked)
    assert ("Renew for $99" in text_of(signed_in(short).get("/home/"))) == (asked == 40)


def test_the_check_page_explains_an_open_petition_before_the_trainer_agrees(short, at, signed_in):
    petition_scenes.submitted(short, at=at)
    page = signed_in(short).get("/renew/check/")
    told = text_of(page)
    assert heading_of(page) == "Check and submit your renewal"
    assert EITHER_WAY in told
    assert "Agree and pay $99" in told


def test_home_of_a_renewal_that_waits_for_a_petition_names_the_petition(short, at, signed_in):
    petition_scenes.submitted(short, at=at)
    application = scenes.submit(short, "2027-01-20")
    scenes.pay(application, "2027-01-20")
    page = signed_in(short).get("/home/")
    assert heading_of(page) == "We are looking at a course that you asked us to count"
    assert EITHER_WAY in text_of(page)


def test_home_says_when_a_petition_waits_for_the_trainers_answer(short, at, signed_in):
    petition = petition_scenes.submitted(short, at=at)
    petitions.ask_question(petition, by=colleague("reviewer"), at=at, text="How long was it?")
    name = f"“Kettlebell Biomechanics” ({petition.reference}, 0.4 CEUs)"
    sentence = f"We asked you something about {name}. Answer by the end of Wednesday, February 3, 2027."
    told = text_of(signed_in(short).get("/home/"))
    assert sentence in told
    assert "Renew for $99" in told
    assert "Answer our question" not in told
    scenes.pay(scenes.submit(short, "2027-01-20"), "2027-01-20")
    page = signed_in(short).get("/home/")
    assert sentence in text_of(page)
    assert (
        f'<a class="button" href="/petitions/{petition.reference}/">Answer our question</a>'
        in page.content.decode()
    )
    petitions.answer_question(
        petition, by=short, at=at, text="Four hours.", about=petition.questions.get().pk
    )
    told = text_of(signed_in(short).get("/home/"))
    assert "Answer" not in told
    assert EITHER_WAY in told


@pytest.mark.parametrize(("number", "more"), [(0, 1), (1, 1), (4, 1)])  # without one: courses that fit
def test_home_uses_one_more_query_however_many_petitions_there_are(short, at, signed_in, number, more):
    for n in range(number):
        petition_scenes.submitted(short, at=at, title=f"Course {n}")
    browser = signed_in(short)
    browser.get("/home/")
    assert queries_of(browser) == HOME_QUERIES + more


def test_home_has_a_row_for_each_petition_with_who_must_act_next(short, at, signed_in):
    petition_scenes.unpaid(short, at=at, title="Unpaid One")
    petition_scenes.submitted(short, at=at, title="Paid One")
    asked = petition_scenes.submitted(short, at=at, title="Asked One")
    petitions.ask_question(asked, by=colleague("reviewer"), at=at, text="How long was it?")
    told = text_of(signed_in(short).get("/home/"))
    assert "“Unpaid One” To pay We look at it once the fee is paid" in told
    assert (
        "“Paid One” In review You asked us to count it. We answer by the end of Wednesday, February 3, 2027"
        in told
    )
    assert (
        "“Asked One” To answer We asked you something. Answer by the end of Wednesday, February 3, 2027"
        in told
    )
