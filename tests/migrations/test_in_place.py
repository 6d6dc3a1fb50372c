"""The test database, which is migrated in half the time, equals the database that `manage.py
migrate` makes.
"""

from collections.abc import Iterator

import pytest
from django.db import connection

from recert import health
from tests import migrating
from tests.throwaway import Throwaway, connected_to

pytestmark = pytest.mark.slow


def described(database: Throwaway) -> dict[str, object]:
    """Return every table with its columns, constraints and indexes, and the missing triggers."""
    with connected_to(database), connection.cursor() as cursor:
        look = connection.introspection
        tables = {
            name: (look.get_table_description(cursor, name), look.get_constraints(cursor, name))
            for name in look.table_names(cursor)
        }
        return {**tables, "missing triggers": health.PARTS["triggers"]()}


@pytest.fixture
def two_empty(_workshop, django_db_blocker) -> Iterator[list[Throwaway]]:
    made = [_workshop.make_empty() for _ in range(2)]
    with django_db_blocker.unblock():
        yield made
    for one in made:
        _workshop.drop(one)


def test_a_database_migrated_with_constraints_in_place_equals_that_of_migrate(two_empty):
    in_place, alone = two_empty
    for done in (in_place.run(migrating.migrate, timeout=600), alone.manage("migrate", "-v0", timeout=600)):
        assert done.returncode == 0, done.stderr
    found = described(in_place)
    assert found == described(alone)
    assert len(found) > 80
