"""The archive of a backup: a tar in an age file. Its members, in this order:

`files/…` what was stored before the dump, `database/0000001…` the dump in pieces, `files/…` what was
stored meanwhile, and `manifest.json`, which tells what a whole archive holds. So no row of the dump can
miss its file: a file is stored before its row and never changes.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import IO

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core import clock
from documents.storage import PART
from recert.backups import BackupTrouble
from recert.backups.database import Digests, dumped_database
from recert.backups.sealing import NOT_WHOLE, opened_from, sealed_into

FORMAT = 1
FILES, DATABASE, MANIFEST = "files/", "database/", "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a complete archive contains."""

    format: int
    made_at: str
    engine: str
    migrations: list[str]
    tables: Digests
    database_sha256: str
    files: dict[str, str]  # name in the storage -> sha256

    @property
    def rows(self) -> int:
        return sum(int(count) for count, _ in self.tables.values())


def write_archive(file: IO[bytes], keys: list[object]) -> Manifest:
    """Write a backup of the database and of every stored file into `file`, encrypted to `keys`."""
    made_at = clock.now().isoformat()
    with sealed_into(file, keys) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        stored = dict(_add_files(tar, stored_files()))
        there = set(stored_files())  # without what was erased since; the dump does not expect that
        with dumped_database() as (pieces, tables):
            migrations = sorted(applied_migrations())
            database = _add_database(tar, pieces)
        files = {name: sha256 for name, sha256 in stored.items() if name in there}
        files.update(_add_files(tar, (name for name in stored_files() if name not in stored)))
        manifest = Manifest(FORMAT, made_at, connection.vendor, migrations, tables, database, files)
        _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
    return manifest


def applied_migrations() -> Iterator[str]:
    """Yield the migrations that the database has, each as "core.0001_initial"."""
    yield from (f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def stored_files(folder: str = "") -> Iterator[str]:
    """Yield the name of every file in the storage, except those that are still being written."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if not name.startswith(PART):
            yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from stored_files(f"{folder}/{name}" if folder else name)


def read_archive(
    file: IO[bytes],
    keys: list[object],
    *,
    take_file: Callable[[str, IO[bytes]], str],
    take_database: Callable[[Iterator[bytes]], None],
) -> Manifest:
    """Hand each file and the dump's pieces to the two functions, and return the manifest.

    `take_file` returns the sha256 of what it read. Raises BackupTrouble when anything is missing or differs.
    """
    found: dict[str, str] = {}
    hashed = hashlib.sha256()
    manifest: Manifest | None = None
    try:
        with opened_from(file, keys) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            members = iter(tar)
            member = next(members, None)
            while member is not None:
                following = None
                if member.name.startswith(DATABASE):
                    pieces = _Pieces(tar, member, members, hashed)
                    take_database(iter(pieces))
                    following = pieces.following
                elif member.name == MANIFEST:
                    manifest = _read_manifest(_content(tar, member).read())
                else:
                    name = member.name.removeprefix(FILES)
                    found[name] = take_file(name, _content(tar, member))
                member = following or next(members, None)
    except tarfile.TarError:
        raise BackupTrouble(NOT_WHOLE) from None
    if manifest is None:
        raise BackupTrouble(NOT_WHOLE)
    _compare(manifest, found, hashed.hexdigest())
    return manifest


class _Pieces:
    """The dump's pieces in the order of the archive; `following` is the archive member after the
    last piece.
    """

    def __init__(
        self,
        tar: tarfile.TarFile,
        first: tarfile.TarInfo,
        members: Iterator[tarfile.TarInfo],
        hashed: "hashlib._Hash",
    ) -> None:
        self.tar, self.first, self.members, self.hashed = tar, first, members, hashed
        self.following: tarfile.TarInfo | None = None

    def __iter__(self) -> Iterator[bytes]:
        member: tarfile.TarInfo | None = self.first
        while member is not None and member.name.startswith(DATABASE):
            piece = _content(self.tar, member).read()
            self.hashed.update(piece)
            yield piece
            member = next(self.members, None)
        self.following = member


def _compare(manifest: Manifest, found: dict[str, str], database: str) -> None:
    other = [name for name, sha256 in manifest.files.items() if found.get(name) != sha256]
    if other or database != manifest.database_sha256:
        what = f"the file {other[0]}" if other else "the dump"
        raise BackupTrouble(f"The archive is damaged: {what} is missing or is not what it was.")


def _read_manifest(text: bytes) -> Manifest:
    read = json.loads(text)
    if read["format"] != FORMAT:
        raise BackupTrouble(
            f"The archive has format {read['format']}, and this portal reads format {FORMAT}."
        )
    return Manifest(**read)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise BackupTrouble(f"The archive holds something that no backup writes: {member.name}.")
    return content


def _add_files(tar: tarfile.TarFile, names: Iterator[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        try:
            with default_storage.open(name) as file:
                content = file.read()
        except FileNotFoundError:
            continue  # erased in the meantime
        _add_bytes(tar, FILES + name, content)
        yield name, hashlib.sha256(content).hexdigest()


def _add_database(tar: tarfile.TarFile, pieces: Iterator[bytes]) -> str:
    hashed = hashlib.sha256()
    for number, piece in enumerate(pieces, 1):
        hashed.update(piece)
        _add_bytes(tar, f"{DATABASE}{number:07}", piece)
    return hashed.hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))
