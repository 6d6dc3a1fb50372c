"""The way back from an archive: read it to its end first, then fill what is empty, then prove it."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from recert.backups import BackupTrouble
from recert.backups.archive import Manifest, read_archive, stored_files
from recert.backups.database import database_digests, require_empty_database, restore_database

CHUNK = 1 << 20  # bytes
IN_A_BUCKET = "s3://"


class _Hashing(io.RawIOBase):
    """A stream that hashes what is read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.hashed = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.hashed.update(data)
        return data


def check_archive(where: str, keys: list[object]) -> Manifest:
    """Read an archive to its end, changing nothing, and return what it holds. Raises BackupTrouble."""

    def read_file(name: str, content: IO[bytes]) -> str:
        return hashlib.file_digest(cast(Any, content), "sha256").hexdigest()

    def read_database(pieces: Iterator[bytes]) -> None:
        for _ in pieces:
            pass

    with _opened(where) as file:
        return read_archive(file, keys, take_file=read_file, take_database=read_database)


def require_room(manifest: Manifest) -> None:
    """Raise BackupTrouble unless this portal can take the archive: the same engine, no newer release, nothing there."""
    if manifest.engine != connection.vendor:
        raise BackupTrouble(
            f"The archive is of {manifest.engine}, and DATABASE_URL names {connection.vendor}."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupTrouble(
            f"The archive is of a newer release: it has the migration {newer[0]}. Install that one."
        )
    require_empty_database()
    if there := next(stored_files(), None):
        raise BackupTrouble(
            f"{_where_files_lie()} is not empty: {there} is there. Restore into an empty folder."
        )


def _where_files_lie() -> str:
    return "FILES_S3" if settings.FILES_S3 else "FILES_DIR"


def restore_archive(where: str, keys: list[object], manifest: Manifest) -> None:
    """Fill the empty database and the empty storage from an archive, and check that they hold what
    the archive does.

    After an error, the files written so far are removed. Raises BackupTrouble.
    """
    stored: list[str] = []

    def put_file(name: str, content: IO[bytes]) -> str:
        source = _Hashing(content)
        if name in manifest.files:
            stored.append(default_storage.save(name, File(cast(Any, source), name)))
        else:  # was erased before the dump
            while source.read(CHUNK):
                pass
        return source.hashed.hexdigest()

    try:
        with _opened(where) as file:
            read_archive(file, keys, take_file=put_file, take_database=restore_database)
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise
    differing = [*_other_rows(manifest), *_other_files(manifest)]
    if differing:
        raise BackupTrouble(
            f"The restore is not what was backed up: {'; '.join(differing[:5])}. Do not start it."
        )


def _other_rows(manifest: Manifest) -> Iterator[str]:
    there = database_digests()
    for table in sorted({*manifest.tables, *there}):
        expected, found = manifest.tables.get(table), there.get(table)
        if expected != found:
            rows = (f"{digest[0]} rows" if digest else "nothing" for digest in (found, expected))
            yield "{} has {} that differ from {} in the archive".format(table, *rows)


def _other_files(manifest: Manifest) -> Iterator[str]:
    there = set(stored_files())
    for name in sorted({*manifest.files, *there}):
        if name not in there:
            yield f"the file {name} is missing"
            continue
        with default_storage.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != manifest.files.get(name):
                yield f"the file {name} differs"


def _opened(where: str) -> IO[bytes]:
    if where.startswith(IN_A_BUCKET):
        from recert.backups.buckets import opened_in_bucket

        return opened_in_bucket(where)
    try:
        return Path(where).open("rb")
    except OSError as error:
        raise BackupTrouble(f"The archive {where} cannot be read: {error.strerror}.") from None
