"""Lookups from a trainer to their own reliefs: what they asked for or were granted in hardship."""

from django.db.models import QuerySet
from django.http import Http404

from hardship.models import Relief
from trainers.models import Trainer


def reliefs_of(trainer: Trainer) -> "QuerySet[Relief]":
    """Return the reliefs that the trainer asked for or was granted, newest first."""
    return Relief.objects.owned_by(trainer).select_related("cycle__credential__trainer")


def relief_for(trainer: Trainer, pk: int) -> Relief:
    """Return the trainer's own relief. Raises the same Http404 for another person's and for one
    that does not exist.
    """
    try:
        return reliefs_of(trainer).prefetch_related("evidence__document").get(pk=pk)
    except Relief.DoesNotExist:
        raise Http404 from None


def credential_of_relief(trainer: Trainer, pk: int) -> int | None:
    """Return the primary key of the credential of the trainer's relief; None without one."""
    found = Relief.objects.owned_by(trainer).filter(pk=pk)
    return found.values_list("cycle__credential", flat=True).first()
