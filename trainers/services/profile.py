"""What a trainer sets for themselves."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import Refusal
from core.history import record_history
from trainers.models import Trainer
from trainers.models.person import validate_time_zone


def set_time_zone(trainer: Trainer, *, time_zone: str, by: Trainer | None, at: datetime) -> Trainer:
    """Set the zone that every deadline is shown in beside the policy's. Raises Refusal (field
    "time_zone") for an unknown name.
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
