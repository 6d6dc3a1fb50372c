"""Check an archive without restoring it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recert.backups import BackupTrouble
from recert.backups.restoring import check_archive
from recert.backups.sealing import read_private_keys


class Command(BaseCommand):
    help = "Read an archive to its end and compare everything in it with its hashes. Changes nothing, needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", help="its path, or s3://bucket/folder/portal-….age")
        parser.add_argument(
            "--key", type=Path, required=True, help="the file that backup_key wrote; - for standard input"
        )

    def handle(self, *args: object, **options: Any) -> None:
        try:
            manifest = check_archive(options["archive"], read_private_keys(options["key"]))
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(
            f"Whole: {manifest.rows} rows in {len(manifest.tables)} tables and {len(manifest.files)} files, "
            f"{manifest.engine}, made at {manifest.made_at}."
        )
