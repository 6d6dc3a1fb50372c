"""Index the names that staff search: after an upgrade, or after rows were written in SQL."""

from django.core.management.base import BaseCommand

from trainers.services.searching import count_behind, index_what_is_behind

BATCH = 10_000


class Command(BaseCommand):
    help = (
        "Index the names that staff search and that are not in the index yet. It can be stopped and run again: "
        "it goes on where it stopped, while people work."
    )

    def handle(self, *args: object, **options: object) -> None:
        behind, done = count_behind(), 0
        for done in index_what_is_behind(batch=BATCH):
            self.stdout.write(f"{done:,} of {max(behind, done):,}")
        self.stdout.write(f"Indexed {done:,} names." if done else "Every name is in the index.")
