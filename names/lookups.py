"""Lookups from a trainer to their own requests for a name."""

from names.models import NameRequest
from trainers.models import Trainer


def waiting_request(trainer: Trainer) -> NameRequest | None:
    """Return the trainer's request that waits, or None."""
    return NameRequest.objects.owned_by(trainer).open().select_related("proof").first()


def last_request(trainer: Trainer) -> NameRequest | None:
    """Return the trainer's newest request in any state, or None."""
    return NameRequest.objects.owned_by(trainer).select_related("proof").first()
