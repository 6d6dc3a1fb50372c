"""Load the demo into an empty database; never in production."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import clock
from demo.load import load_demo
from demo.signins import refresh_sheet
from rules.policy.load import load_policy
from trainers.models import Trainer


class Command(BaseCommand):
    help = "Fill an empty database with a catalogue, staff, and trainers in every state on this day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, successfully, when it is not empty"
        )

    def handle(self, *args: object, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo has known passwords. It is not loaded in production.")
        if Trainer.objects.exists():
            if options["if_empty"]:
                refresh_sheet(clock.today(load_policy(settings.PORTAL_POLICY).time_zone))
                self.stdout.write("The database is not empty, so nothing was loaded.")
                return
            raise CommandError("The database is not empty. The demo is loaded into an empty one only.")
        load_demo(self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
