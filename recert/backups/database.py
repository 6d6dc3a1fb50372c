"""The database of a backup: its dump as a stream of pieces, the way back, and a digest of every table."""

import hashlib
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from recert.backups import BackupTrouble

PIECE = 8 << 20  # bytes
Digests = dict[str, list[int | str]]  # table -> [rows, a number made from all of them in any order]
ROWS = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text FROM {} AS t"
)
COUNTERS = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = ANY (current_schemas(false))"


@contextmanager
def dumped_database() -> Iterator[tuple[Iterator[bytes], Digests]]:
    """Yield the chunks of a dump and its digests, both from one snapshot, while others may keep writing."""
    if connection.vendor == "sqlite":
        with _copied_sqlite() as copy:
            yield _pieces_of(copy), _digests_of_sqlite(copy)
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        digests = database_digests()
        name = connection.settings_dict["NAME"]
        yield _dump_with("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--dbname={name}"), digests


def database_digests() -> Digests:
    """Return for each table how many rows it has and a number that any changed row changes; for
    PostgreSQL also where its counters stand.
    """
    if connection.vendor == "sqlite":
        return _digests_of_sqlite(Path(connection.settings_dict["NAME"]))
    found: Digests = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(ROWS.format(connection.ops.quote_name(table)))
            found[table] = list(cursor.fetchone())
        cursor.execute(COUNTERS)
        found.update({name: [1, str(last)] for name, last in cursor.fetchall()})
    return found


def require_empty_database() -> None:
    """Raise BackupTrouble when the database has a table: a restore never mixes with what is there."""
    if tables := connection.introspection.table_names():
        raise BackupTrouble(
            f"The database that DATABASE_URL names is not empty: it has {len(tables)} tables. "
            "Restore into an empty one."
        )


def restore_database(pieces: Iterable[bytes]) -> None:
    """Fill the empty database from a dump's pieces: all of it or, when an error comes, nothing."""
    if connection.vendor == "sqlite":
        _put_sqlite_in_place(pieces)
        return
    connection.close()
    command = ["pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    with _running(*command, f"--dbname={connection.settings_dict['NAME']}", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 - for the type checker
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:  # it has ended, and says below why
            pass
        except BaseException:
            process.kill()
            raise


def _dump_with(*command: str) -> Iterator[bytes]:
    with _running(*command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 - for the type checker
        while piece := process.stdout.read(PIECE):
            yield piece


@contextmanager
def _running(
    *command: str, stdin: int | None = None, stdout: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Yield the program while it runs. Raises BackupTrouble when it is missing or ends with an error."""
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(command, env=_environment(), stderr=said, stdin=stdin, stdout=stdout)  # noqa: S603 - ours
        except FileNotFoundError:
            raise BackupTrouble(
                f"{command[0]} is not installed here: install PostgreSQL's client programs, "
                "of the server's version (on Debian: postgresql-client)."
            ) from None
        try:
            yield process
        finally:
            for stream in (process.stdin, process.stdout):
                if stream and not stream.closed:
                    stream.close()
            process.wait()
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise BackupTrouble(f"{command[0]} failed: {lines[0] if lines else process.returncode}")


def _environment() -> dict[str, str]:
    """Return the environment variables that libpq reads: no password is among a program's arguments."""
    to = connection.settings_dict
    options = to.get("OPTIONS", {})
    named = {
        "PGHOST": to["HOST"],
        "PGPORT": str(to["PORT"] or ""),
        "PGUSER": to["USER"],
        "PGPASSWORD": to["PASSWORD"],
        "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
    }
    return {**os.environ, **{name: value for name, value in named.items() if value}}


@contextmanager
def _copied_sqlite() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="backup-") as folder:
        copy = Path(folder) / "portal.sqlite3"
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as there,
            closing(sqlite3.connect(copy)) as here,
        ):
            there.backup(here)
            here.execute("PRAGMA journal_mode=DELETE")  # so that the one file is all of it
        yield copy


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _digests_of_sqlite(path: Path) -> Digests:
    with closing(sqlite3.connect(path)) as file:
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: _digest_of_rows(file.execute(f'SELECT * FROM "{name}"')) for (name,) in names}  # noqa: S608 - our tables


def _digest_of_rows(rows: Iterable[tuple[object, ...]]) -> list[int | str]:
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode(errors="surrogatepass")).digest()[:8])
    return [count, str(total)]


def _put_sqlite_in_place(pieces: Iterable[bytes]) -> None:
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    part = place.with_name(f".part-{place.name}")
    try:
        with part.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        for beside in ("-wal", "-shm"):
            place.with_name(place.name + beside).unlink(missing_ok=True)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
