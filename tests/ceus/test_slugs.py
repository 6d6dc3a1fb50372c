"""The slugs of new rows of the catalogue."""

import pytest

from ceus.services.catalogue import free_slug
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Better hips", "better-hips"),
        ("Better Hips!", "better-hips"),
        ("Hips", "hips-3"),
        ("髋", "item"),
        ("a" * 160, "a" * 160),
    ],
)
def test_a_course_gets_a_slug_that_no_other_course_has(title, slug):
    for taken in ("hips", "hips-2", "hips-and-more"):
        factories.CourseFactory(slug=taken)
    assert free_slug(factories.CourseFactory.build(title=title)) == slug
