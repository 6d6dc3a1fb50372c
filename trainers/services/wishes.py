"""The settings about mails and the staff side that people choose for themselves: a trainer the
optional messages, staff the weekly report and the keyboard shortcuts.
"""

from datetime import datetime

from django.db import transaction

from core.history import record_history
from trainers.models import Trainer


def set_wishes(
    trainer: Trainer, *, wants_reminders: bool, by: Trainer | None, at: datetime, reason: str = ""
) -> Trainer:
    """Switch the optional reminders on or off. Messages about rights, money and last days are
    always sent.

    Queued reminders need no change: the sender checks the setting when each is due.
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


def set_weekly_report(person: Trainer, *, wants: bool, by: Trainer, at: datetime) -> Trainer:
    """Switch the weekly report by mail on or off for oneself. Idempotent."""
    with transaction.atomic():
        person = Trainer.objects.select_for_update().get(pk=person.pk)
        if person.wants_weekly_report != wants:
            person.wants_weekly_report = wants
            person.save(update_fields=["wants_weekly_report"])
            verb = "weekly_report_on" if wants else "weekly_report_off"
            record_history(person, verb, trainer=person, by=by, at=at)
    return person


def set_keys(person: Trainer, *, wants: bool, by: Trainer, at: datetime) -> Trainer:
    """Switch the keyboard shortcuts of the staff side on or off for oneself. Idempotent."""
    with transaction.atomic():
        person = Trainer.objects.select_for_update().get(pk=person.pk)
        if person.uses_keys != wants:
            person.uses_keys = wants
            person.save(update_fields=["uses_keys"])
            record_history(person, "keys_on" if wants else "keys_off", trainer=person, by=by, at=at)
    return person
