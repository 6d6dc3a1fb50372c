"""`manage.py import_completions PROVIDER FILE.csv`: a provider's file of any length, for operators."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ceus.models import Provider
from core import clock
from core.errors import Refusal
from core.spreadsheet import csv_lines, text_cell
from providers.models import Completion
from providers.reading import read_long_report
from providers.services.importing import Answer, judge_completions, report_long_file
from rules.policy.load import load_policy
from trainers.models import Trainer
from trainers.models.person import normalise_email

COLUMNS = ("line", "number", "course", "completed_on", "outcome", "words", "report")
PROGRESS_EVERY = 10_000


class Command(BaseCommand):
    help = "Report a provider's file of completions, of up to 1,000,000 rows. Without --apply nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("provider", help="the last part of the address of the provider's page")
        parser.add_argument(
            "file", type=Path, help="CSV with the columns number,name,course,completed_on,ceus"
        )
        parser.add_argument("--apply", action="store_true", help="report it, in parts of 1,000 rows")
        parser.add_argument("--by", metavar="EMAIL", help="the colleague who does this; needed with --apply")
        parser.add_argument("--answers", type=Path, metavar="FILE", help="write the answer to each row there")

    def handle(self, *args: object, **options: Any) -> None:
        provider = Provider.objects.filter(slug=options["provider"]).first()
        if provider is None:
            raise CommandError(f"No provider has the address {options['provider']}.")
        try:
            content = options["file"].read_bytes()
            policy = load_policy(settings.PORTAL_POLICY)
            rows = read_long_report(content, policy.unit)
            today = clock.date_of(clock.now(), policy.time_zone)
            if options["apply"]:
                parts = report_long_file(
                    provider,
                    rows,
                    fingerprint=sha256(content).hexdigest(),
                    by=self._colleague(options["by"]),
                    at=clock.now(),
                    latest_day=today,
                    file_name=options["file"].name,
                )
            else:
                parts = judge_completions(provider, rows, latest_day=today)
            self._conclude(self._counted(parts, options["answers"]), applied=options["apply"])
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from None

    def _counted(self, parts: Iterable[list[Answer]], path: Path | None) -> Counter[str]:
        """Return how many rows have each outcome; their answers are written as they come."""
        counts: Counter[str] = Counter()
        answers = self._counting(parts, counts)
        with path.open("w", newline="", encoding="utf-8") if path else StringIO() as file:
            for line in csv_lines(COLUMNS, map(_cells, answers)):
                if path:
                    file.write(line)
        return counts

    def _counting(self, parts: Iterable[list[Answer]], counts: Counter[str]) -> Iterator[Answer]:
        """Yield the answers, count them, and say how far it is."""
        for part in parts:
            counts.update(answer.outcome for answer in part)
            yield from part
            if counts.total() % PROGRESS_EVERY < len(part):
                self.stderr.write(f"{counts.total():,} rows", self.style.NOTICE)

    def _conclude(self, counts: Counter[str], *, applied: bool) -> None:
        labels = {str(one.value): str(one.label).lower() for one in Completion.Outcome}
        said = ", ".join(f"{counts[name]:,} {label}" for name, label in labels.items() if counts[name])
        done = "Reported." if applied else "Nothing was written: add --apply to report it."
        self.stdout.write(f"{counts.total():,} rows: {said}. {done}")

    def _colleague(self, email: str | None) -> Trainer:
        found = Trainer.objects.filter(email=normalise_email(email or ""), is_staff=True).first()
        if found is None:
            raise CommandError("Say who does this: --by EMAIL of a colleague.")
        return found


def _cells(answer: Answer) -> list[object]:
    row = answer.row
    plain = [text_cell(text) for text in (row.number, row.course)]
    return [row.line, *plain, row.completed_on or "", answer.outcome, answer.words, answer.reference]
