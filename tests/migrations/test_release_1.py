"""A database of release 1, with rows, is migrated to today on the engine under test; nothing of it is lost or broken."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from recert import health
from tests import migrating
from tests.migrations import release
from tests.migrations.dump import NOT_OURS
from tests.throwaway import Throwaway, connected_to
from tools.environment import ROOT
from tools.landed import landed_in

OURS = {path.split("/")[0] for path in landed_in(ROOT)}
LATER = {
    "badges",
    "cases",
    "employers",
    "journal",
    "names",
    "hardship",
    "providers",
    "staff",
    "webhooks",
}  # the packages whose first migration came after release 1 (CHANGELOG.md)


@pytest.fixture(scope="module")
def original(_workshop) -> Iterator[Throwaway]:
    made = _workshop.make_empty()
    do(made, release.load)
    _workshop.settle(made)
    yield made
    _workshop.drop(made)


@pytest.fixture
def released(_workshop, original, django_db_blocker) -> Iterator[Throwaway]:
    """A copy of a database of release 1."""
    made = _workshop.make(original)
    with django_db_blocker.unblock():
        yield made
    _workshop.drop(made)


def do(database: Throwaway, act: Callable[[], None]) -> str:
    """Do it in a process of its own: what is cached about the rows of one database is not true of another."""
    done = database.run(act, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def counts(tables: list[str]) -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name of our own file
            found[table] = cursor.fetchone()[0]
    return found


def tables_of_ours() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.split("_")[0] in OURS}


def test_rows_of_release_1_are_migrated_to_the_current_schema_without_loss_or_broken_invariants(released):
    with connected_to(released):
        before = counts(release.TABLES)
        assert tables_of_ours() - NOT_OURS - set(release.TABLES) == set()
    assert min(before.values()) > 0
    done = released.manage("migrate", "--verbosity=0", timeout=600)
    assert done.returncode == 0, done.stderr
    with connected_to(released):
        assert counts(release.TABLES) == before
        assert (health.PARTS["migrations"](), health.PARTS["columns"](), health.PARTS["triggers"]()) == (
            [],
            [],
            [],
        )
    assert "nothing found" in do(released, release.verify)
    do(released, release.go_on)
    with connected_to(released):
        assert counts(["trainers_cycle"])["trainers_cycle"] == before["trainers_cycle"] + 1


def test_migrating_release_1_keeps_which_records_count_by_their_courses_approval(released):
    """Records say since the second migration themselves whether their course was approved on the day (Q32)."""
    with connected_to(released), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, course_id FROM ceus_ceurecord WHERE course_id IS NOT NULL AND NOT granted "
            "ORDER BY id LIMIT 1"
        )
        record, course = cursor.fetchone()
        cursor.execute("UPDATE ceus_course SET approved_from = %s WHERE id = %s", ["2100-01-01", course])
        cursor.execute("SELECT id FROM ceus_ceurecord WHERE course_id = %s AND NOT granted", [course])
        ended = {pk for (pk,) in cursor.fetchall()}
    do(released, migrating.migrate)
    with connected_to(released), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ceus_ceurecord WHERE NOT approved")
        assert {pk for (pk,) in cursor.fetchall()} == ended
    assert record in ended


def test_release_1_is_the_first_migration_of_each_app():
    ours = {(app, name) for app, name in release.TARGETS if app in OURS}
    assert ours == {(app, "0001_initial") for app in OURS - LATER}
    assert {f"{app}/migrations/{name}.py" for app, name in ours} <= set(landed_in(ROOT))


def test_the_changelog_ends_with_unreleased_above_release_1_and_its_date():
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")]
    assert headings[-2:] == ["## Unreleased", "## Release 1 (2026-11-28)"]
