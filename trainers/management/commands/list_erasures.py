"""List the erasures, to be stored with the backups: after a backup is restored, `replay_erasures`
repeats them.
"""

import json

from django.core.management.base import BaseCommand

from core.models import Erasure


class Command(BaseCommand):
    help = "Print every confirmed erasure as one line of JSON: account, when it was made, numbers, when. No names."

    def handle(self, *args: object, **options: object) -> None:
        rows = Erasure.objects.filter(state__in=Erasure.IN_FORCE).select_related("trainer").order_by("pk")
        for erasure in rows.iterator():
            line = {
                "account": erasure.trainer_id,
                "made_at": erasure.trainer.joined_at.isoformat(),
                "numbers": erasure.numbers,
                "confirmed_at": erasure.confirmed_at.isoformat() if erasure.confirmed_at else "",
            }
            self.stdout.write(json.dumps(line))
