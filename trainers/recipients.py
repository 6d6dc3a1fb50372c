"""The functions that answer the outbox about a trainer: the zone, which messages they want, and
what to do when an address refuses mail.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deadlines import full_day
from outbox.recipients import Recipients, register_recipients
from trainers import unsubscribing
from trainers.models import Credential, Cycle, Trainer
from trainers.models.person import normalise_email
from trainers.services.mailboxes import mark_address, unmark_if_sent_again
from trainers.services.wishes import set_wishes

ALL_LIFE = "all your life"  # in a letter's "runs through {last day}"


def _zones(pks: Iterable[int]) -> dict[int, str]:
    """Return the zone of each trainer's policy. When a trainer has several credentials, that of the
    one whose cycle ends last.
    """
    rows = Credential.objects.filter(trainer__in=list(pks)).current_first().reverse()
    return {credential.trainer_id: credential.policy.time_zone for credential in rows}


def _with_address(address: str) -> Trainer | None:
    return Trainer.objects.filter(email=normalise_email(address)).first()


def _stop_optional(trainer: Trainer, *, at: datetime, reason: str) -> Trainer:
    return set_wishes(trainer, wants_reminders=False, by=None, at=at, reason=reason)


def _letter_places(pks: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return, for each trainer, the words that replace {name} and the like in a letter. When a
    trainer has several credentials, the one whose cycle ends last counts.
    """
    chosen = list(pks)
    places = {
        person.pk: {"name": person.name, "first name": person.get_short_name(), "number": "", "last day": ""}
        for person in Trainer.objects.filter(pk__in=chosen)
    }
    cycles = Cycle.objects.current().filter(credential__trainer__in=chosen).select_related("credential")
    for cycle in cycles.order_by("expires_on", "credential__awarded_on", "credential_id"):
        found = {
            "number": cycle.credential.display_number,
            "last day": ALL_LIFE if cycle.is_for_life else full_day(cycle.expires_on),
        }
        places[cycle.credential.trainer_id] |= found
    return places


register_recipients(
    Recipients(
        wants_optional=lambda trainer: trainer.wants_reminders,
        zones=_zones,
        letter_places=_letter_places,
        unsubscribe_link=unsubscribing.unsubscribe_address,
        example_unsubscribe_link=lambda: (
            settings.PORTAL_URL + reverse("trainers:unsubscribe", args=["example"])
        ),
        with_address=_with_address,
        stop_optional=_stop_optional,
        mark_refused=mark_address,
        unmark_if_sent_again=unmark_if_sent_again,
    )
)
