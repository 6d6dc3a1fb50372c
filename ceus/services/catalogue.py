"""Save courses together with their search text."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from ceus.models import Course, Topic
from ceus.search import words_of
from ceus.spelling import remember_words


def search_text_of(course: Course, topics: Iterable[Topic]) -> str:
    """Return the words of a course's title, provider and topics."""
    return " ".join(words_of(" ".join([course.title, course.provider.name, *(t.name for t in topics)])))


def save_courses(
    courses: Iterable[Course], *, topics: Mapping[str, Sequence[Topic]] | None = None
) -> list[Course]:
    """Add new courses, with their topics by slug. Raises IntegrityError for a known course."""
    courses, topics = list(courses), topics or {}
    for course in courses:
        course.search_text = search_text_of(course, topics.get(course.slug, ()))
    with transaction.atomic():
        saved = Course.objects.bulk_create(courses)
        remember_words(course.search_text for course in saved)
        through = Course.topics.through
        through.objects.bulk_create(
            through(course_id=course.pk, topic_id=topic.pk)
            for course in saved
            for topic in topics.get(course.slug, ())
        )
    return saved


def index_course(course: Course) -> None:
    """Write a course's search text after its title, provider or topics have changed."""
    course.search_text = search_text_of(course, course.topics.all())
    course.save(update_fields=["search_text"])
    remember_words([course.search_text])
