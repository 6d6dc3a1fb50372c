"""How many words and letters of a search text are used."""

import pytest
from django.db import connection

from ceus.models import Course, WordKey
from ceus.pages.catalogue import Choice, closest_page_of
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
