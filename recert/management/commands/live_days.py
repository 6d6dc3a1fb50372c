"""Run the demo day by day: move its clock, run every sweep as the schedule would, and print what
was mailed.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from core import clock
from core.clock import moment_on
from outbox.models import Notice
from recert.schedule import SCHEDULE

HOURS = (
    0,
    9,
    11,
    18,
)  # just after midnight, in the morning when reminders go, when they have gone, in the evening


class Command(BaseCommand):
    help = "Let the demo live through days: every sweep of the schedule, four times a day. Refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--first", type=date.fromisoformat, help="the first day (default: today)")
        parser.add_argument("--last", type=date.fromisoformat, required=True, help="the last day, inclusive")
        parser.add_argument("--email", default="", help="print only what goes to this address")

    def handle(self, *args: object, first: date | None, last: date, email: str, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("Only a demo's clock can be moved.")
        first = first or clock.today(settings.TIME_ZONE)
        if last < first:
            raise CommandError(f"{last} is before {first}.")
        told: Counter[str] = Counter()
        for day in _days(first, last):
            for title, count in _live(day, email).items():
                self.stdout.write(f"{day}  {title}{f'  × {count}' if count > 1 else ''}")
                told[title] += count
            if self.stderr.isatty():
                self.stderr.write(f"\r{day}", ending="")
        self.stdout.write(f"{sum(told.values())} messages on {(last - first).days + 1} days.")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _live(day: date, email: str) -> Counter[str]:
    """Run every sweep at each hour of a day; return the subject lines of what was sent."""
    began = moment_on(day, 0, settings.TIME_ZONE)
    for hour in HOURS:
        _sweep(moment_on(day, hour, settings.TIME_ZONE).astimezone(UTC) + timedelta(minutes=1))
    sent = Notice.objects.filter(
        state=Notice.State.SENT, ended_at__gte=began, ended_at__lt=began + timedelta(days=1)
    )
    if email:
        sent = sent.filter(trainer__email=email)
    return Counter(sent.order_by("ended_at", "pk").values_list("title", flat=True))


def _sweep(moment: datetime) -> None:
    with clock.moved_to(moment):
        for task in SCHEDULE:
            import_string(task)()
