"""Full-text search for courses by the database's own index: GIN on PostgreSQL, FTS5 on SQLite."""

import unicodedata
from collections.abc import Iterable, Iterator

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from ceus.models import Course, Provider
from ceus.spelling import other_spellings

MOST_WORDS, LONGEST_WORD = 8, 40
_POSTGRESQL = "ceus_course.search_vector @@ to_tsquery('simple', %s)"
# Both are read from the index that the courses are walked in, ceus_course_in_order: their rows stay closed. The first
# tells sooner that a text does not have a word at all.
_HAS = "ceus_course.search_text LIKE '%%' || %s::text || '%%'"
_BEGINS = "ceus_course.search_text ~ ('(^| )' || %s::text)"
# The plus keeps SQLite from using that column's index: it goes from words to courses, not course by course.
_SQLITE_JOIN = ("ceus_course.id = +ceus_course_words.rowid", "ceus_course_words MATCH %s")
_SQLITE_WALK = "+ceus_course.id IN (SELECT rowid FROM ceus_course_words WHERE ceus_course_words MATCH %s)"
# The vector is stored, because computing it for each row would take most of a search's time.
_INDEX_POSTGRESQL = (
    "ALTER TABLE ceus_course ADD COLUMN search_vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    "CREATE INDEX ceus_course_words ON ceus_course USING gin (search_vector) WITH (fastupdate = off)",
)
_REMOVE = "INSERT INTO ceus_course_words (ceus_course_words, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);"
_ADD = "INSERT INTO ceus_course_words (rowid, search_text) VALUES (NEW.id, NEW.search_text);"
_INDEX_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS ceus_course_words USING fts5 "
    "(search_text, content='ceus_course', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    "DROP TRIGGER IF EXISTS ceus_course_words_added",
    "DROP TRIGGER IF EXISTS ceus_course_words_removed",
    "DROP TRIGGER IF EXISTS ceus_course_words_changed",
    f"CREATE TRIGGER ceus_course_words_added AFTER INSERT ON ceus_course BEGIN {_ADD} END",
    f"CREATE TRIGGER ceus_course_words_removed AFTER DELETE ON ceus_course BEGIN {_REMOVE} END",
    f"CREATE TRIGGER ceus_course_words_changed AFTER UPDATE OF search_text ON ceus_course BEGIN {_REMOVE} {_ADD} END",
    "INSERT INTO ceus_course_words (ceus_course_words) VALUES ('rebuild')",
)


def words_of(text: str) -> list[str]:
    """Return the words of `text`: letters and digits in lower case, split the same way for both
    databases.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(character if character.isalnum() else " " for character in plain).split()


def matching_courses(courses: "QuerySet[Course]", text: str, *, many: bool = False) -> "QuerySet[Course]":
    """Return the courses that have, for every word of `text`, a word that begins with it; none for
    an empty `text`.

    `many` is true when many courses may match. The database then reads the courses in their order
    until a page is full, and need not sort every match. Without it SQLite joins the few matches, so
    that a capped count can stop early.
    """
    words = wanted_words(text)
    if not words:
        return courses.none()
    return with_words(courses, query_of(words), words, many=many)


def query_of(words: Iterable[str]) -> str:
    """Return the question for words that begin with `words`, in the language of the database.

    No operator of the query language gets through: words consist of letters and digits.
    """
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return " ".join(f'"{word}"*' for word in words)
    return " & ".join(f"{word}:*" for word in words)


def with_words(
    courses: "QuerySet[Course]", query: object, words: Iterable[object], *, many: bool
) -> "QuerySet[Course]":
    """Return the courses that match `words` and what `query_of` returned for them, or placeholders for it."""
    if connections[courses.db].vendor == "sqlite":
        if many:
            return courses.filter(RawSQL(_SQLITE_WALK, [query], output_field=BooleanField()))  # noqa: S611 - fixed SQL, the query is a parameter
        return courses.extra(tables=["ceus_course_words"], where=[*_SQLITE_JOIN], params=[query])  # noqa: S610 - fixed SQL, the query is a parameter
    if not many:
        return courses.filter(RawSQL(_POSTGRESQL, [query], output_field=BooleanField()))  # noqa: S611 - fixed SQL, the query is a parameter
    words = list(words)
    for condition, word in [*((_HAS, word) for word in words), *((_BEGINS, word) for word in words)]:
        courses = courses.filter(RawSQL(condition, [word], output_field=BooleanField()))  # noqa: S611 - fixed SQL, the word is a parameter
    return courses


def texts_meant(text: str) -> Iterator[str]:
    """Yield the texts that were probably meant by `text`, which nothing matches, the closest first:
    mistyped words are replaced by words of the catalogue.
    """
    words = wanted_words(text)
    known = [matching_courses(Course.objects.order_by(), word).exists() for word in words]
    yield from other_spellings(words, known)


def providers_named(text: str) -> list[int]:
    """Return the ids of the providers whose slug is `text`, or that have, for each word of it, a
    word that begins with it.

    Compared in Python: the databases fold letters beyond ASCII differently, and providers are
    hundreds at most.
    """
    wanted = wanted_words(text)
    known = Provider.objects.order_by().values_list("pk", "slug", "name") if wanted else ()
    return [pk for pk, slug, name in known if slug == text or _begin_with(words_of(name), wanted)]


def ensure_index(using: str = "default", **_: object) -> None:
    """Create the index where it is missing. Idempotent.

    It runs after every migration, because SQLite may drop triggers (F3).
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if "ceus_course" in connection.introspection.table_names(cursor) and not _has_vector(
            connection, cursor
        ):
            for statement in _INDEX_SQLITE if connection.vendor == "sqlite" else _INDEX_POSTGRESQL:
                cursor.execute(statement)


def _has_vector(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> bool:
    """Return whether the column with the index exists; only PostgreSQL has it. The database
    maintains it. It is created once, because altering the table would block its readers.
    """
    columns = connection.introspection.get_table_description(cursor, "ceus_course")
    return any(column.name == "search_vector" for column in columns)


def wanted_words(text: str) -> list[str]:
    """Return the words of `text` that a search looks for: the first 8, of each the first 40 letters."""
    return [word[:LONGEST_WORD] for word in words_of(text)[:MOST_WORDS]]


def _begin_with(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in wanted)
