"""Whether a trainer wants the optional messages, which can be switched off."""

from datetime import datetime

from django.db import transaction

from core.history import record_history
from trainers.models import Trainer


def set_wishes(
    trainer: Trainer, *, wants_reminders: bool, by: Trainer | None, at: datetime, reason: str = ""
) -> Trainer:
    """Switch the optional reminders on or off. Messages about rights, money and last days are always sent.

    Queued reminders need no change here: the sender asks again when each is due.
    """
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        if trainer.wants_reminders == wants_reminders:
            return trainer
        detail = {"wants_reminders": [trainer.wants_reminders, wants_reminders]}
        trainer.wants_reminders = wants_reminders
        trainer.save(update_fields=["wants_reminders"])
        verb = "reminders_on" if wants_reminders else "reminders_off"
        record_history(trainer, verb, trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    return trainer
