"""Bring back an archive into an empty database and an empty folder of files, and prove it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cases.policy_overlay import refresh_policies
from recert.backups import BackupTrouble
from recert.backups.restoring import check_archive, require_room, restore_archive
from recert.backups.sealing import read_private_keys


class Command(BaseCommand):
    help = (
        "Read an archive to its end, restore it into an empty database and empty files, compare every row and file "
        "with it, migrate, and check every invariant. The exit status is 1 when anything differs: do not start it then."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", help="its path, or s3://bucket/folder/portal-….age")
        parser.add_argument(
            "--key", type=Path, required=True, help="the file that backup_key wrote; - for standard input"
        )

    def handle(self, *args: object, **options: Any) -> None:
        try:
            keys = read_private_keys(options["key"])
            manifest = check_archive(options["archive"], keys)
            require_room(manifest)
            restore_archive(options["archive"], keys, manifest)
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        except OSError as error:
            raise CommandError(
                f"The restore stopped: {error.strerror or error}. Empty what it began with."
            ) from None
        self.stdout.write(
            f"{manifest.rows} rows and {len(manifest.files)} files: the same as in the archive."
        )
        call_command("migrate", verbosity=0)
        refresh_policies()
        call_command("verify_invariants", files=True, stdout=self.stdout)
        self.stdout.write(
            "Now do the erasures again (replay_erasures, docs/deploy.md), then start the portal."
        )
