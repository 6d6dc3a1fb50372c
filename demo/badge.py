"""Digital badges in the demo: some trainers have made theirs."""

from contextlib import suppress
from datetime import timedelta

from core.errors import Refusal
from demo.stage import Stage
from renewals.services.badges import make_badge
from trainers.models import Credential

PEOPLE = 3
MADE = -10  # days from the demo's day
AN_HOUR = timedelta(hours=1)


def make_badges(stage: Stage) -> None:
    """Let the first trainers whose certification is in force make their badge."""
    made = 0
    known = Credential.objects.known().filter(trainer__is_active=True, trainer__is_staff=False)
    for credential in known.select_related("trainer").order_by("pk"):
        with suppress(Refusal):  # not certified on that day
            make_badge(credential, by=credential.trainer, at=stage.moment(MADE, AN_HOUR * made))
            made += 1
        if made == PEOPLE:
            break
    stage.say(f"Badges: {made}")
