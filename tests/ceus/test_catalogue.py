"""The public catalogue: what a search finds, and a constant number of queries (S8, S14)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ceus.models import Course, Provider, Topic
from ceus.search import ensure_index
from ceus.services import save_courses
from ceus.services.catalogue import index_course
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day(clock_at):
    clock_at("2026-06-15")


def titles(client, query: str) -> list[str]:
    answer = client.get(f"/courses/?{query}")
    assert answer.status_code == 200, answer.content
    return [course.title for course in answer.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Kettlebell basics", "Movement for older adults", "Sports nutrition, 2nd edition"]),
        ("q=older", ["Movement for older adults"]),
        ("q=OLD+move", ["Movement for older adults"]),
        ("q=nutri", ["Sports nutrition, 2nd edition"]),
        ("q=2nd", ["Sports nutrition, 2nd edition"]),
        ("q=acme", ["Kettlebell basics", "Movement for older adults"]),
        ("q=nørth", ["Sports nutrition, 2nd edition"]),
        ("q=NØRTH", ["Sports nutrition, 2nd edition"]),
        ("q=ｋｅｔｔｌｅ", ["Kettlebell basics"]),
        ("q=kettlebell+nutrition", []),
        ("format=online", ["Movement for older adults", "Sports nutrition, 2nd edition"]),
        ("format=online&q=acme", ["Movement for older adults"]),
        ("provider=acme", ["Kettlebell basics", "Movement for older adults"]),
        ("provider=Acad", ["Sports nutrition, 2nd edition"]),
        ("provider=acad+NØR", ["Sports nutrition, 2nd edition"]),
        ("provider=ducation", []),
        ("provider=%25", []),
        ("provider=north&q=nutrition&format=online&sort=ceus", ["Sports nutrition, 2nd edition"]),
        ("sort=ceus", ["Sports nutrition, 2nd edition", "Movement for older adults", "Kettlebell basics"]),
    ],
)
def test_a_search_finds_courses_that_have_a_word_starting_with_each_term(client, shelf, query, found):
    assert titles(client, query) == found


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        "%",
        "_",
        "*",
        "NEAR(",
        "a OR b",
        "AND",
        "NOT",
        "-",
        "^",
        "(((",
        "\\",
        "'; DROP TABLE",
        "🏋️",
        "x" * 100,
        "'\"*:&|!()<->",
        "older' OR 1=1 --",
    ],
)
def test_a_search_with_hostile_text_finds_nothing_and_causes_no_error(client, shelf, text):
    for path in ("/courses/", "/providers/"):
        answer = client.get(path, {"q": text})
        assert answer.status_code == 200, path
        assert len(answer.context.get("page") or ()) == 0, path
    assert Course.objects.count() == 3


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": "x" * 101}, "Use 100 characters or fewer."),
        ({"q": "x" * 1_000_000}, "Use 100 characters or fewer."),
        ({"provider": "x" * 121}, "Use 120 characters or fewer."),
        ({"topic": "no-such"}, "Choose a topic from the list."),
        ({"format": "paper"}, "Choose a format from the list."),
        ({"sort": "price"}, "Choose an order from the list."),
    ],
)
def test_an_invalid_filter_value_shows_a_field_error(client, shelf, query, sentence):
    answer = client.get("/courses/", query)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_nul_character_in_a_search_is_refused_without_a_query(client, shelf):
    for path in ("/courses/", "/providers/"):
        assert client.get(f"{path}?q=a%00b").status_code == 400


def test_the_topic_filter_lists_the_courses_of_that_topic(client, shelf):
    topic = Topic.objects.create(name="Special populations", slug="special-populations")
    Course.objects.get(title="Movement for older adults").topics.add(topic)
    assert titles(client, "topic=special-populations") == ["Movement for older adults"]


@pytest.mark.parametrize(
    ("through", "listed"), [("2026-06-14", False), ("2026-06-15", True), ("2026-06-16", True)]
)
def test_the_catalogue_lists_only_courses_approved_today(client, shelf, through, listed):
    Course.objects.filter(title="Kettlebell basics").update(approved_through=date.fromisoformat(through))
    assert ("Kettlebell basics" in titles(client, "")) is listed


def test_a_course_leaves_the_list_on_the_day_after_its_approval_ends_without_a_restart(
    client, shelf, clock_at
):
    Course.objects.filter(title="Kettlebell basics").update(approved_through=date(2026, 6, 15))
    for query in ("", "q=kettle"):
        for day, listed in (("2026-06-14", True), ("2026-06-15", True), ("2026-06-16", False)):
            clock_at(day)
            assert ("Kettlebell basics" in titles(client, query)) is listed, (query, day)


def test_a_course_that_is_no_longer_approved_keeps_its_page_and_says_so(client, shelf):
    Course.objects.update(approved_through=date(2026, 6, 14))
    assert "not approved today" in client.get("/courses/shelf-0/").content.decode()


def test_a_renamed_course_is_found_by_its_new_name_only(client, shelf):
    course = Course.objects.get(title="Kettlebell basics")
    course.title = "Sandbag basics"
    course.save()
    index_course(course)
    assert titles(client, "q=sandbag") == ["Sandbag basics"]
    assert titles(client, "q=kettlebell") == []


@pytest.mark.parametrize(
    ("missing", "found", "sentence"),
    [
        (50, ["Sports nutrition, 2nd edition"], "Each of these is enough on its own."),
        (100, ["Sports nutrition, 2nd edition"], "Each of these is enough on its own."),
        (
            110,
            ["Sports nutrition, 2nd edition", "Movement for older adults", "Kettlebell basics"],
            "No course here is enough on its own, so those with the most come first.",
        ),
    ],
)
def test_the_gap_filter_lists_courses_that_alone_give_all_missing_ceus_or_else_the_largest(
    jordan, signed_in, shelf, missing, found, sentence
):
    factories.everything_met(jordan, education=190 - missing)
    browser = signed_in(jordan)
    assert titles(browser, "gap=on") == found
    assert sentence in browser.get("/courses/?gap=on").content.decode()


def test_the_gap_filter_does_not_count_as_missing_the_ceus_of_a_card_still_to_be_logged(
    jordan, signed_in, shelf
):
    factories.CeuRecordFactory(credential=jordan.credentials.get(), hundredths=150)
    answer = signed_in(jordan).get("/courses/?gap=on")
    assert "You need 0.4 more CEUs from courses." in answer.content.decode()
    assert [course.hundredths for course in answer.context["page"]] == [40, 100]


def test_the_gap_filter_says_when_nothing_is_missing_and_lists_every_course(jordan, signed_in, shelf):
    factories.everything_met(jordan)
    answer = signed_in(jordan).get("/courses/?gap=on")
    assert "You have all the CEUs from courses that you need." in answer.content.decode()
    assert len(answer.context["page"].object_list) == 3


def test_the_gap_filter_hides_a_course_already_logged_in_this_cycle(jordan, signed_in, shelf):
    course = Course.objects.get(hundredths=100)
    factories.CeuRecordFactory(credential=jordan.credentials.get(), course=course, hundredths=100)
    assert course.title not in titles(signed_in(jordan), "gap=on")


def test_a_visitor_is_offered_no_gap_filter(client, shelf):
    assert len(titles(client, "gap=on")) == 3


def test_the_first_page_of_results_is_ordered_even_when_more_match_than_the_count_cap(client, monkeypatch):
    monkeypatch.setattr("ceus.pages.catalogue.MOST", 40)
    provider = factories.ProviderFactory()
    same = {"provider": provider, "format": "online", "approved_from": date(2020, 1, 1)}
    save_courses(
        Course(title=f"Strength {100 - number}", slug=f"s-{number}", hundredths=number, **same)
        for number in range(1, 61)
    )
    assert titles(client, "q=strength")[:2] == ["Strength 40", "Strength 41"]
    assert titles(client, "q=strength&sort=ceus")[0] == "Strength 40"
    assert titles(client, "q=strength&page=2")[0] == "Strength 60"


def test_a_saved_course_is_found_by_the_words_of_its_topics(client):
    topic = Topic.objects.create(name="Corrective exercise", slug="corrective")
    course = factories.CourseFactory.build(
        provider=factories.ProviderFactory(), title="Better hips", slug="hips"
    )
    save_courses([course], topics={"hips": [topic]})
    assert titles(client, "q=correct") == ["Better hips"]
    assert titles(client, "topic=corrective") == ["Better hips"]


def test_a_deleted_course_is_not_found_by_the_search(client, shelf):
    Course.objects.get(title="Kettlebell basics").delete()
    assert titles(client, "q=kettle") == []


def test_after_rebuilding_the_search_index_the_same_courses_are_found(client, shelf):
    ensure_index()
    assert titles(client, "q=kettle") == ["Kettlebell basics"]


@pytest.mark.parametrize(
    ("through", "listed"), [("2026-06-14", False), ("2026-06-15", True), ("2026-06-16", True)]
)
def test_the_list_of_providers_contains_only_those_approved_today(client, shelf, through, listed):
    Provider.objects.filter(slug="acme").update(approved_through=date.fromisoformat(through))
    names = [provider.name for provider in client.get("/providers/").context["page"]]
    assert ("Acme Education" in names) is listed
    assert ("Kettlebell basics" in titles(client, "")) is listed


def test_the_course_count_and_page_of_a_provider_include_only_courses_approved_today(client, shelf):
    Course.objects.filter(title="Kettlebell basics").update(approved_through=date(2026, 6, 14))
    counts = {p.name: p.course_count for p in client.get("/providers/?q=acme").context["page"]}
    assert counts == {"Acme Education": 1}
    assert "Kettlebell" not in client.get("/providers/acme/").content.decode()


def test_an_empty_search_result_says_that_nothing_was_found(client, shelf):
    assert "No course found" in client.get("/courses/?q=zzzz").content.decode()
    assert "No provider found" in client.get("/providers/?q=zzzz").content.decode()


def test_an_invalid_page_number_is_answered_with_a_page_of_courses(client, shelf):
    for number in ("0", "-1", "x", "99999999999999999999", "2.5"):
        assert client.get(f"/courses/?page={number}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/courses/",
        "/courses/?q=course",
        "/courses/?format=online",
        "/courses/?provider=provider",
        "/providers/",
        "/providers/?q=provider",
    ],
)
def test_the_catalogue_uses_the_same_number_of_queries_for_many_courses_as_for_few(
    client, django_assert_max_num_queries, path
):
    provider = factories.ProviderFactory()
    counts = []
    for amount in (20, 1_980):
        start = Course.objects.count()
        save_courses(
            Course(
                title=f"Course {number}",
                slug=f"c-{number}",
                provider=provider,
                format="online",
                hundredths=10,
                approved_from=date(2020, 1, 1),
            )
            for number in range(start, start + amount)
        )
        with django_assert_max_num_queries(4) as captured:
            client.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_counting_courses_stops_at_a_cap_and_only_a_count_below_the_cap_is_queried_again(client, monkeypatch):
    monkeypatch.setattr("ceus.pages.catalogue.MOST", 40)
    factories.CourseFactory.create_batch(45)
    page = client.get("/courses/")
    assert "More than 40 courses" in page.content.decode()
    assert page.context["page"].paginator.num_pages == 2
    for query, counted in (("", False), ("?page=2", False), ("?q=nothing", True)):
        client.get(f"/courses/{query}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/courses/{query}")
        assert any("COUNT(" in one["sql"] for one in asked) is counted, query
