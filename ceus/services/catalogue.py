"""Save the rows of the catalogue: courses together with their search text, and with history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from ceus.models import Course, Provider, Topic
from ceus.search import words_of
from ceus.spelling import remember_words
from core.history import record_history
from trainers.models import Trainer

MOST_BYTES = 1500  # of a search text: PostgreSQL's index takes 2,700 bytes of a course
ROOM = 7  # of a slug, for the number that tells it from others


def search_text_of(course: Course, topics: Iterable[Topic]) -> str:
    """Return the words of a course's title, provider and topics, as many as an index has room for:
    some forty topics, or fewer in letters of several bytes.
    """
    words = words_of(" ".join([course.title, course.provider.name, *(t.name for t in topics)]))
    sizes = accumulate(len(word.encode()) + 1 for word in words)
    return " ".join(word for word, size in zip(words, sizes, strict=True) if size <= MOST_BYTES)


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


def list_course(
    course: Course, *, topics: Sequence[Topic] = (), by: Trainer | None, at: datetime, reason: str
) -> Course:
    """Add a course that was approved elsewhere, with history. `reason` names the approval. Raises
    IntegrityError for a known course.
    """
    with transaction.atomic():
        course.slug = free_slug(course)
        course = save_courses([course], topics={course.slug: topics})[0]
        record_history(course, "listed", trainer=None, by=by, at=at, reason=reason)
        return course


def list_provider(provider: Provider, *, by: Trainer | None, at: datetime, reason: str) -> Provider:
    """Add a provider of a course that was approved, with history. `reason` names the approval."""
    with transaction.atomic():
        provider.slug = free_slug(provider)
        provider.save(force_insert=True)
        record_history(provider, "listed", trainer=None, by=by, at=at, reason=reason)
        return provider


def record_listing(
    row: Course | Provider | Topic,
    *,
    is_new: bool,
    changes: Mapping[str, object],
    by: Trainer,
    at: datetime,
    reason: str = "",
) -> None:
    """Record that staff added or changed a row; nothing is recorded without `changes`."""
    if changes:
        verb = "added" if is_new else "changed"
        record_history(row, verb, trainer=None, by=by, at=at, reason=reason, detail=changes)


def index_courses(courses: QuerySet[Course]) -> None:
    """Write the search text of courses again."""
    for course in courses.select_related("provider"):
        index_course(course)


def free_slug(row: Course | Provider | Topic) -> str:
    """Return a slug made from the name of a new row, which no other row of its kind has."""
    model = type(row)
    longest = model._meta.get_field("slug").max_length or 0
    stem = slugify(str(row))[: longest - ROOM] or "item"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def index_course(course: Course) -> None:
    """Write a course's search text after its title, provider or topics have changed."""
    course.search_text = search_text_of(course, course.topics.all())
    course.save(update_fields=["search_text"])
    remember_words([course.search_text])
