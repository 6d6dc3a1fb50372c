"""How much of a search is looked for."""

import pytest

from ceus.models import Course
from ceus.search import matching_courses
from tests import factories


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
