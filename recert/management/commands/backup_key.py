"""Make the pair of keys of the backups."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recert.backups.sealing import make_key_pair


class Command(BaseCommand):
    help = (
        "Make a pair of keys for backups: the private one goes into FILE, which must not exist, and the public one, "
        "for BACKUP_KEYS, is printed. With - the private one is printed, with the public one above it. Whoever loses "
        "the private key can restore nothing: keep it away from the portal, twice."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: object, **options: Any) -> None:
        private, public = make_key_pair()
        text = f"# public key: {public}\n{private}\n"
        if options["file"] == "-":
            self.stdout.write(text, ending="")
            self.stderr.write(public)
            return
        try:
            with open(options["file"], "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(text)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from None
        self.stdout.write(public)
