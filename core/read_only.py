"""A block in which the database refuses every change, whatever the code tries."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only() -> Iterator[None]:
    """Refuse every write inside the block; at its end the transaction is rolled back.

    PostgreSQL makes the transaction read-only, SQLite the connection. Raises DatabaseError when the
    block writes.
    """
    with transaction.atomic():
        try:
            _forbid_writing(True)
            yield
        finally:
            _forbid_writing(False)
        transaction.set_rollback(True)


def _forbid_writing(forbidden: bool) -> None:
    """Make the transaction read-only, or the connection writable again.

    A transaction of PostgreSQL is read-only to its end, and one inside another to its own. SQLite
    is asked through the driver, because Django runs no statement once one has failed.
    """
    if connection.vendor == "sqlite":
        connection.connection.execute(f"PRAGMA query_only = {'ON' if forbidden else 'OFF'}")
    elif forbidden:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
