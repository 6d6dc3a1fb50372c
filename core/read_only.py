"""A block in which the database takes no change, whatever the code tries."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only() -> Iterator[None]:
    """Let the block read and never write: the database itself refuses, and what it was made to hold goes again.

    On PostgreSQL it is a transaction that reads only, on SQLite a connection that does. Raises DatabaseError when
    the block writes.
    """
    with transaction.atomic():
        try:
            _forbid_writing(True)
            yield
        finally:
            _forbid_writing(False)
        transaction.set_rollback(True)


def _forbid_writing(forbidden: bool) -> None:
    """A transaction of PostgreSQL reads only to its end, and one inside another to its own. On SQLite it is asked of
    the driver, because Django runs no statement once one has failed.
    """
    if connection.vendor == "sqlite":
        connection.connection.execute(f"PRAGMA query_only = {'ON' if forbidden else 'OFF'}")
    elif forbidden:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
