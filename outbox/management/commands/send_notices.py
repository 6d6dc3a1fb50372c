"""Send what is due now, as the worker does: for cron or by hand."""

from django.core.management.base import BaseCommand

from outbox import sender


class Command(BaseCommand):
    help = "Send every notice that is due, and say how many ended in which way."

    def handle(self, *args: object, **options: object) -> None:
        tally = sender.send_due()
        words = ", ".join(f"{count} {how}" for how, count in sorted(tally.items()))
        self.stdout.write(f"{words or 'Nothing was due'}.")
