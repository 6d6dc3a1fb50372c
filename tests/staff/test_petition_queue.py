"""The queue of petitions: the one due first at the top, with the time left in business days."""

from datetime import date

import pytest

from core import clock
from petitions import screening, services
from petitions.models import Petition
from tests import factories
from tests.petitions import scenes as stage

pytestmark = pytest.mark.django_db
QUEUE = "/staff/petitions/petition/"
SENT = "2027-01-20 10:00"  # answered by Wednesday, February 3


def rows(client, query: str = "") -> list[Petition]:
    return list(client.get(QUEUE + query).context["cl"].result_list)


@pytest.fixture
def petition(jordan, clock_at) -> Petition:
    return stage.submitted(jordan, at=clock_at(SENT))


def test_the_petition_queue_is_in_order_of_due_day_without_petitions_whose_decision_can_be_undone(
    petition, reviewer, desk, clock_at
):
    older = stage.submitted_by_another("20000002", clock_at("2027-01-19 10:00"))
    held = stage.submitted_by_another("20000003", clock_at("2027-01-18 10:00"))
    asked = stage.submitted_by_another("20000004", clock_at("2027-01-15 10:00"))
    clock_at(SENT)
    services.decide_petition(held, verdict="approve", by=reviewer, at=clock.now())
    services.ask_question(asked, by=reviewer, at=clock.now(), text="What?")
    client = desk(reviewer)
    assert rows(client) == [older, petition]
    assert rows(client, "?shows=pending") == [held]
    assert rows(client, "?shows=trainer") == [asked]
    assert rows(client, "?shows=all") == [asked, held, older, petition]
    assert rows(client, "?q=Course 20000003") == [held]
    assert "Waits for the trainer" in client.get(f"{QUEUE}?shows=trainer").content.decode()


@pytest.mark.parametrize(
    ("day", "words", "late"),
    [
        ("2027-01-29", "3 business days", 0),
        ("2027-02-02", "1 business day", 0),
        ("2027-02-03", "Due today", 0),
        ("2027-02-04", "Late: 1 business day", 1),
        ("2027-02-05", "Late: 2 business days", 1),
        ("2027-02-07", "Late: 2 business days", 1),
    ],
)
def test_the_time_left_to_decide_a_petition_is_counted_in_business_days(
    petition, reviewer, desk, clock_at, day, words, late
):
    clock_at(day)
    client = desk(reviewer)
    red, day_words = ("late", "promised") if late else ("", "through")
    shown = client.get(QUEUE).content.decode()
    assert f'<strong class="{red}">{words}</strong><br><span class="second">{day_words} February 3<' in shown
    queues = {queue.label: queue for queue in client.get("/staff/").context["queues"]}
    assert (queues["Petitions waiting"].count, queues["Petitions late"].count) == (1, late)
    assert len(rows(client, "?shows=late")) == late
    for label in ("Petitions waiting", "Petitions late", "Decisions pending"):
        assert client.get(queues[label].url).status_code == 200


def test_the_list_of_petitions_shows_the_requested_ceus_and_the_checks_passed(petition, onlooker, desk):
    text = desk(onlooker).get(QUEUE).content.decode()
    for words in (
        petition.reference,
        "Kettlebell Biomechanics",
        "Northside Barbell Club",
        "0.4",
        "4 of 4",
        "Jordan",
    ):
        assert words in text


QUERIES_OF_A_LIST = 5  # the count, rows with who has them, their files, our list, chips and tabs
QUERIES_OF_WHO_ASKS = 3  # the session, the person, their permissions


@pytest.mark.parametrize("others", [0, 24])
def test_the_petition_queue_uses_the_same_number_of_queries_for_many_rows_as_for_one(
    petition, reviewer, desk, clock_at, django_assert_num_queries, others
):
    for number in range(others):
        stage.submitted_by_another(f"300000{number:02}", clock_at(SENT))
    services.ask_question(petition, by=reviewer, at=clock.now(), text="What?")
    client = desk(reviewer)
    with django_assert_num_queries(QUERIES_OF_WHO_ASKS + QUERIES_OF_A_LIST):
        page = client.get(QUEUE + "?shows=all")
    assert page.content.decode().count(" 4 of 4<") == 1 + others


def test_each_row_of_the_petition_queue_shows_how_many_checks_passed(
    petition, jordan, reviewer, desk, clock_at
):
    course = factories.CourseFactory(title="Course 20000005", approved_from=date(2020, 1, 1))
    listed = stage.submitted_by_another("20000005", clock_at(SENT))
    factories.CourseFactory(
        title="Course 20000005", approved_from=date(2027, 1, 11), provider=course.provider
    )
    again = stage.submitted(jordan, at=clock_at(SENT), title="KETTLEBELL biomechanics")
    other_day = stage.submitted(jordan, at=clock_at(SENT), completed_on=date(2027, 1, 9))
    page = desk(reviewer).get(QUEUE)
    said = {
        row.reference: sum(check.passed for check in row.checks) for row in page.context["cl"].result_list
    }
    assert said == {petition.reference: 3, listed.reference: 3, again.reference: 3, other_day.reference: 4}
    assert page.content.decode().count(" 3 of 4<") == 3
    says = {check.code: check.finding for check in screening.automatic_checks(listed)}
    assert says["not_listed"] == "On our list: Course 20000005."
