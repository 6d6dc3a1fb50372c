"""Erase the data of erased people again after a backup, which still contained it, was restored."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.errors import refusal_of
from trainers.models import Trainer
from trainers.services.erasing import repeat_erasure


class Command(BaseCommand):
    help = (
        "Repeat, after a restore, every erasure in a file that `list_erasures` wrote before it. "
        "Safe to repeat. The exit status is 1 when one could not be done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what list_erasures printed; - for what comes in")

    def handle(self, *args: object, **options: Any) -> None:
        lines = self._lines(options["file"])
        failed = [said for line in lines if (said := self._erase(line))]
        for sentence in failed:
            self.stderr.write(sentence)
        self.stdout.write(f"{len(lines) - len(failed)} of {len(lines)} erasures are done.")
        if failed:
            raise CommandError(f"{len(failed)} could not be done.")

    def _lines(self, file: Path) -> list[dict[str, object]]:
        try:
            text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
            for line in found:
                if not isinstance(line, dict) or not set(line) >= {"account", "made_at", "numbers"}:
                    raise ValueError
        except (OSError, ValueError):
            raise CommandError(f"{file} is not what list_erasures prints. Nothing was done.") from None
        return found

    def _erase(self, line: dict[str, Any]) -> str:
        """Return why the erasure of this line could not be repeated; "" when it was."""
        name = f"account {line['account']}"
        trainer = Trainer.objects.filter(pk=line["account"]).first()
        if trainer is None:
            return ""  # the backup is from before the account: there is nothing to erase
        numbers = set(trainer.credentials.values_list("number", flat=True))
        if trainer.joined_at.isoformat() != line["made_at"] or not numbers <= set(line["numbers"]):
            return f"{name} is somebody else here: nothing was done."
        refusal = refusal_of(lambda: repeat_erasure(trainer, at=clock.now()))
        return f"{name} has to wait: {refusal}" if refusal else ""
