"""Run every app's checks of invariants."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from core import clock
from core.invariants import Check, all_checks
from outbox.heartbeat import INVARIANTS, INVARIANTS_BROKEN, record_part
from rules.policy.parse import PolicyError


class Command(BaseCommand):
    help = "Check every invariant of docs/design/invariants.md. The exit status is 1 when a row breaks one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--files", action="store_true", help="also read every stored file and prove its sha256"
        )
        parser.add_argument("--show", type=int, default=20, metavar="N", help="rows named per check (20)")

    def handle(self, *args: object, **options: Any) -> None:
        checks = [check for check in all_checks() if options["files"] or not check.reads_files]
        broken = sum(self._ask(check, options["show"]) for check in checks)
        # A database that may only be read, like one that is being recovered, can be checked as well.
        with suppress(DatabaseError), transaction.atomic():
            record_part(INVARIANTS_BROKEN if broken else INVARIANTS, clock.now())
        if broken:
            raise CommandError(f"{broken} of {len(checks)} checks found something.")
        self.stdout.write(f"{len(checks)} checks, nothing found.")

    def _ask(self, check: Check, most: int) -> bool:
        rows = _found(check)
        named = list(islice(rows, most))
        more = sum(1 for _ in rows)
        if named:
            self.stdout.write(f"{check.number}. {check.name}:")
            for sentence in named:
                self.stdout.write(f"   {sentence}")
            if more:
                self.stdout.write(f"   and {more} more")
        return bool(named)


def _found(check: Check) -> Iterator[str]:
    """Yield what the check finds; where a policy has no file or a broken one, that is what it found."""
    try:
        yield from check.find()
    except PolicyError as error:
        yield f"it cannot be checked: {error}"
