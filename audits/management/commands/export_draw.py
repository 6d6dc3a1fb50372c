"""`manage.py export_draw [PERIOD]`: one JSON object a line, as docs/verify_draw.py reads them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audits.export import period_lines


class Command(BaseCommand):
    help = "Print the audit draws of each period, or of the one named, as JSON lines that anyone can check."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", nargs="?", metavar="PERIOD", help="for example 2026-Q4")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            for line in period_lines(options["period"]):
                self.stdout.write(line)
        except LookupError as error:
            raise CommandError(error.args[0]) from None
