"""Import a registrar's export: a dry run unless `--apply` is given."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from core import clock
from core.errors import Refusal
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.roster import RosterResult, Unreadable, import_roster

PROGRESS_EVERY = 10_000


class Command(BaseCommand):
    help = "Import people and credentials from a CSV file. Without --apply nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="columns: number,name,email,awarded_on,expires_on,time_zone"
        )
        parser.add_argument("--apply", action="store_true", help="write it, unless a row is bad")
        parser.add_argument(
            "--only-bad", action="store_true", help="report the bad rows alone, and the counts"
        )
        parser.add_argument(
            "--policy", default=settings.PORTAL_POLICY, help="the policy of these credentials"
        )
        parser.add_argument(
            "--exported-on",
            type=date.fromisoformat,
            metavar="DAY",
            help="the day of the file, such as 2027-03-14: what was set here before it may be replaced",
        )
        parser.add_argument("--by", metavar="EMAIL", help="the colleague who does this, for the history")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            result = import_roster(
                options["file"],
                policy_code=options["policy"],
                by=self._colleague(options["by"]),
                at=clock.now(),
                apply=options["apply"],
                only_bad=options["only_bad"],
                exported_on=options["exported_on"],
                say=self.stdout.write,
                progress=self._progress,
            )
        except (Unreadable, OSError, Refusal) as error:
            raise CommandError(str(error)) from None
        except IntegrityError:
            raise CommandError(
                "Others changed the same rows in the meantime. Nothing was written; run it again."
            ) from None
        self._conclude(result)

    def _conclude(self, result: RosterResult) -> None:
        counts = (
            f"{result.new} new, {result.changed} changed, {result.unchanged} unchanged, {result.bad} bad."
        )
        if result.bad:
            raise CommandError(f"{counts} Nothing was written.")
        if not result.rows:
            raise CommandError("The file holds nobody.")
        done = "Written." if result.applied else "Nothing was written: add --apply to write it."
        self.stdout.write(f"{counts} {done}")

    def _colleague(self, email: str | None) -> Trainer | None:
        if not email:
            return None
        try:
            return Trainer.objects.get(email=normalise_email(email), is_staff=True)
        except Trainer.DoesNotExist:
            raise CommandError(f"Nobody works here with the address {email}.") from None

    def _progress(self, rows: int) -> None:
        if rows % PROGRESS_EVERY == 0:
            self.stderr.write(f"{rows:,} rows read", self.style.NOTICE)
