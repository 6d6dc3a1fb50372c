"""The settings that trainers change for themselves."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from core.errors import Refusal
from core.history import record_history
from trainers.models import Trainer
from trainers.models.person import validate_time_zone


def set_time_zone(trainer: Trainer, *, time_zone: str, by: Trainer | None, at: datetime) -> Trainer:
    """Set the trainer's own time zone: a page shows each deadline in the policy's zone, and also in
    this one where they differ. Raises Refusal (field "time_zone") for an unknown name.
    """
    try:
        validate_time_zone(time_zone)
    except ValidationError as error:
        raise Refusal(error.messages[0], code="time_zone", field="time_zone") from None
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        if trainer.time_zone == time_zone:
            return trainer
        detail = {"time_zone": [trainer.time_zone, time_zone]}
        trainer.time_zone = time_zone
        trainer.save(update_fields=["time_zone"])
        record_history(trainer, "time_zone_changed", trainer=trainer, by=by, at=at, detail=detail)
    return trainer


def mark_messages_seen(trainer: Trainer, *, through: datetime) -> None:
    """Record that the trainer has opened a message sent at `through`: it and older ones are no
    longer new. Idempotent.
    """
    if trainer.messages_seen_at and trainer.messages_seen_at >= through:
        return
    unseen = Q(messages_seen_at=None) | Q(messages_seen_at__lt=through)
    Trainer.objects.filter(unseen, pk=trainer.pk).update(messages_seen_at=through)
    trainer.messages_seen_at = through
