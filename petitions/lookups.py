"""The one way from a trainer to a petition: their own, by its reference."""

from django.http import Http404

from petitions.models import Petition, PetitionQuerySet
from trainers.models import Trainer


def petitions_of(trainer: Trainer) -> PetitionQuerySet:
    """Return everything that this trainer ever asked us to count, newest first."""
    return Petition.objects.owned_by(trainer).select_related("charge", "credential", "topic")


def petition_of(trainer: Trainer, reference: str) -> Petition:
    """Return the trainer's petition with this reference. Raises Http404 for another trainer's or
    none.
    """
    found = petitions_of(trainer).filter(reference=reference).first()
    if found is None:
        raise Http404("There is no such petition.")
    return found
