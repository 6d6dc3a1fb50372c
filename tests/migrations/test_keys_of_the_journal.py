"""A key of the journal that was made before keys were of one kind still opens the journal, and can be replaced."""

from hashlib import sha256

from django.db import connection
from django.test import Client

from journal.models import JournalKey
from journal.services import rotate_journal_key
from tests.cast import colleague
from tests.journal.scenes import NOON
from tests.throwaway import connected_to

TEXT = "jk_0a1b2c3d_aSecretOfBefore"
ADDRESS = "/api/v1/journal/entries"


def add_key(made_by: int) -> None:
    """Write a key as the version before did."""
    columns = {"name": "Books", "prefix": "0a1b2c3d", "sha256": sha256(TEXT.encode()).hexdigest()}
    columns |= {"made_by_id": made_by, "made_at": NOON}
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO journal_journalkey ({names}) VALUES ({places})", [*columns.values()])  # noqa: S608 - names of our own


def test_a_key_of_before_opens_the_journal_after_the_migration(throwaway_database, django_db_blocker):
    with django_db_blocker.unblock():
        with connected_to(throwaway_database):
            finance = colleague("finance")
        assert throwaway_database.manage("migrate", "journal", "0002").returncode == 0
        with connected_to(throwaway_database):
            add_key(finance.pk)
        done = throwaway_database.manage("migrate", "--verbosity=0")
        assert done.returncode == 0, done.stderr
        with connected_to(throwaway_database):
            key = JournalKey.objects.get()
            assert (key.scopes, key.book_id, key.ends_at) == (["read"], 1, None)
            newer = rotate_journal_key(key, by=finance, at=NOON)[1]
            for text in (TEXT, newer):
                assert Client().get(ADDRESS, headers={"Authorization": f"Bearer {text}"}).status_code == 200
