"""What follows from a save of this app's own rows."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from trainers.models import Trainer
from trainers.services.searching import index_name


@receiver(post_save, sender=Trainer, dispatch_uid="trainers.index_name")
def index_saved_name(sender: type[Trainer], instance: Trainer, **_: Any) -> None:
    """Index the name of a saved person; without a new name nothing is written."""
    index_name(instance)
