"""How many words and letters of a search text are used."""

from datetime import date
from hashlib import sha256

import pytest
from django.db import connection

from ceus.models import Course, Topic, WordKey
from ceus.pages import catalogue
from ceus.pages.catalogue import Choice, closest_page_of, page_of
from ceus.search import matching_courses
from ceus.services import save_courses
from tests import factories
from tests.ceus.scenes import TODAY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one two three four five six seven eight", 1),
        ("one two three four five six seven eight nowhere", 1),  # the ninth word is not looked for
        ("one two three four five six seven nowhere", 0),
        ("e" * 40, 1),
        ("e" * 60, 1),  # of a word its first 40 letters
        ("e" * 39 + "x", 0),
    ],
)
def test_a_search_uses_only_the_first_eight_words_and_forty_letters_of_each(db, text, found):
    factories.CourseFactory(title=f"One two three four five six seven eight {'e' * 41}")
    assert matching_courses(Course.objects.all(), text).count() == found


@pytest.mark.parametrize(
    "text",
    [
        "strength",
        "STREN",
        "rength",
        "strength old",
        "50% off",
        "straße",
        "ΟΔΟΣ",
        "a_b",
        "yoga 2nd",
        "'; --",
        "ébauche",
    ],
)
def test_a_search_of_which_many_are_expected_finds_the_same_courses_in_the_same_order(db, text):
    titles = [
        "Strength for older adults",
        "Old strengths",
        "Understrength",
        "50 percent off",
        "Straße und Weg",
        "Οδος",
    ]
    titles += ["A b", "A_b", "Yoga, 2nd part", "Yoga 2", "Ébauche", "Ebauche"]
    for title in titles:
        factories.CourseFactory(title=title)
    ordered = Course.objects.order_by("title", "pk")
    assert list(matching_courses(ordered, text, many=True)) == list(matching_courses(ordered, text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("corective", "corrective"),  # a letter left out
        ("corrrective", "corrective"),  # one too many
        ("currective", "corrective"),  # a wrong one, near the beginning
        ("xorrective", "corrective"),
        ("ocrrective", "corrective"),  # two swapped
        ("corrcetiv", "corrective"),  # and the word not finished
        ("corectve", "corrective"),  # two slips in a long word
        ("yoag", "yoga"),
        ("yogaa", "yoga"),
        ("énergie", "énérgie"),
        ("corective ex", "corrective ex"),
    ],
)
def test_a_course_search_with_a_typing_mistake_finds_the_course_on_both_databases(db, typed, meant):
    save_courses(
        [factories.CourseFactory.build(title="Corrective exercise", provider=factories.ProviderFactory())]
    )
    save_courses([factories.CourseFactory.build(title="Yoga énérgie", provider=factories.ProviderFactory())])
    page, text = closest_page_of(Choice(text=typed), today=TODAY, number=None)
    assert (page.paginator.count, text) == (1, meant)


@pytest.mark.parametrize("typed", ["yga", "zzzzzz", "corrupted", "yoga corupted", "", "  ", "'; --"])
def test_a_course_search_for_words_unlike_any_in_the_catalogue_finds_nothing(db, typed):
    save_courses(
        [factories.CourseFactory.build(title="Yoga corrective", provider=factories.ProviderFactory())]
    )
    choice = Choice(text=typed, provider="" if typed.strip() else "nobody")
    page, text = closest_page_of(choice, today=TODAY, number=None)
    assert (page.paginator.count, text) == (0, typed)


def test_a_correctly_spelled_search_word_is_not_replaced_by_a_similar_one(db):
    for title in ("Form and posture", "From the floor"):
        save_courses([factories.CourseFactory.build(title=title, provider=factories.ProviderFactory())])
    page, text = closest_page_of(Choice(text="form"), today=TODAY, number=None)
    assert ([one.title for one in page], text) == (["Form and posture"], "form")


@pytest.mark.postgres
def test_postgresql_uses_an_index_to_find_the_words_like_a_mistyped_one_and_their_courses(db):
    """At 100,000 courses every table scan would be felt while somebody types."""
    save_courses([factories.CourseFactory.build(title="Kettlebell", provider=factories.ProviderFactory())])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a small table is else read whole
    words = WordKey.objects.filter(key__in=["ketl", "etle"]).values_list("word", flat=True).distinct()
    courses = matching_courses(Course.objects.order_by(), "kettlebell")
    for asked, index in ((words, "ceus_wordkey_once"), (courses, "ceus_course_words")):
        plan = asked.explain()
        assert index in plan
        assert "Seq Scan" not in plan


@pytest.mark.postgres
def test_postgresql_reads_a_page_of_many_courses_from_its_index_alone(db):
    """A search for common words walks through thousands of courses: opening their rows would take most of its time."""
    save_courses([factories.CourseFactory.build(title="Kettlebell", provider=factories.ProviderFactory())])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plain = catalogue._narrowed(Choice(format="online"), today=TODAY)
    for asked in (plain, matching_courses(plain, "kettlebell sleep", many=True)):
        assert "Index Only Scan using ceus_course_in_order" in asked[:20].explain()


def test_a_course_with_more_topics_than_the_index_holds_is_saved_and_found_by_the_first(db):
    course = factories.CourseFactory.build(title="Ö" * 160, slug="long", provider=factories.ProviderFactory())
    topics = [
        Topic.objects.create(name=f"topic{n} {sha256(b'%d' % n).hexdigest()[:40]}", slug=str(n))
        for n in range(80)
    ]
    save_courses([course], topics={"long": topics})
    found = [matching_courses(Course.objects.all(), f"topic{n}").count() for n in (0, 15, 79)]
    assert found == [1, 1, 0]
    assert len(Course.objects.get().search_text.encode()) <= 1500


CHOICES = [
    Choice(),
    Choice(text="walk"),
    Choice(text="walk safe"),
    Choice(text="walk", format="online"),
    Choice(topic="ageing"),
    Choice(text="walk", topic="ageing", format="in_person", sort="ceus"),
    Choice(provider="provider", text="walk"),
    Choice(sort="ceus"),
]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("cap", [3, 1_000])
def test_every_page_of_a_search_shows_the_courses_of_its_query_in_their_order(db, monkeypatch, choice, cap):
    monkeypatch.setattr(catalogue, "MOST", cap)
    monkeypatch.setattr(catalogue, "PER_PAGE", 2)
    catalogue._prepared.cache_clear()
    topic = Topic.objects.create(name="Ageing", slug="ageing")
    for n in range(9):
        made = factories.CourseFactory(
            title=f"Walk{n % 3} safely {n}",
            hundredths=10 + n % 4,
            format=("online", "in_person")[n % 2],
            approved_through=TODAY if n != 4 else "2020-01-01",
        )
        if n % 3:
            made.topics.add(topic)
    wanted = list(catalogue._narrowed(choice, today=TODAY))
    if choice.text:
        wanted = [one for one in wanted if one in matching_courses(Course.objects.all(), choice.text)]
    shown, number = [], 1
    while number <= (page := page_of(choice, today=TODAY, number=str(number))).paginator.num_pages:
        shown += list(page)
        number += 1
    assert shown == wanted[: len(shown)]
    assert len(shown) >= min(len(wanted), cap)
    catalogue._prepared.cache_clear()


def test_a_search_for_other_words_or_on_another_day_asks_with_those(db):
    old = factories.CourseFactory(title="Walking", approved_through=date(2026, 1, 31))
    new = factories.CourseFactory(title="Swimming", approved_from=date(2026, 2, 1))

    def found(text: str, day: date) -> list[Course]:
        return list(page_of(Choice(text=text), today=day, number=None))

    january, march = date(2026, 1, 15), date(2026, 3, 15)
    assert [found("walk", january), found("walk", march)] == [[old], []]
    assert [found("swim", march), found("swim", january)] == [[new], []]
