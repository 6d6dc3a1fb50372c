"""Write one encrypted archive with the database and every stored file."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import clock
from outbox.heartbeat import record_part
from recert.backups import BackupTrouble
from recert.backups.archive import Manifest, write_archive
from recert.backups.restoring import IN_A_BUCKET
from recert.backups.sealing import read_public_keys


class Command(BaseCommand):
    help = (
        "Write one archive with the database and every stored file, encrypted to BACKUP_KEYS, while the portal runs. "
        "verify_backup checks it, restore brings it back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", help="where the archive goes: a folder, s3://bucket/folder, or - for standard output"
        )
        parser.add_argument(
            "--to", action="append", metavar="KEY", help="an age public key, instead of BACKUP_KEYS"
        )

    def handle(self, *args: object, **options: Any) -> None:
        began = clock.now()
        try:
            keys = read_public_keys(options["to"] or settings.BACKUP_KEYS)
            if options["folder"] == "-":
                manifest, where = write_archive(sys.stdout.buffer, keys), "standard output"
                sys.stdout.buffer.flush()
            else:
                manifest, where = _write_named(options["folder"], f"portal-{began:%Y%m%dT%H%M%S}Z.age", keys)
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        record_part("backup", began)
        self.stderr.write(f"{where}: {manifest.rows} rows and {len(manifest.files)} files.")


def _write_named(folder: str, name: str, keys: list[object]) -> tuple[Manifest, str]:
    """Write the archive into the folder or the bucket; return what it holds and where it is."""
    if not folder.startswith(IN_A_BUCKET):
        path = Path(folder) / name
        return _write_file(path, keys), str(path)
    from recert.backups.buckets import ArchiveInBucket

    with ArchiveInBucket(folder, name) as file:
        return write_archive(cast(IO[bytes], file), keys), f"{folder.rstrip('/')}/{name}"


def _write_file(path: Path, keys: list[object]) -> Manifest:
    """Write the archive under a temporary name, and rename it once it is complete and on the disk."""
    part = path.with_name(f".part-{path.name}")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            manifest = write_archive(file, keys)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as error:
        raise BackupTrouble(f"The archive {path} cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return manifest
