"""Lookups from a trainer to their own petitions."""

from django.http import Http404

from petitions.models import Petition, PetitionQuerySet
from trainers.models import Trainer


def petitions_of(trainer: Trainer) -> PetitionQuerySet:
    """Return the trainer's petitions, newest first."""
    return Petition.objects.owned_by(trainer).select_related("charge", "credential", "topic")


def petition_of(trainer: Trainer, reference: str) -> Petition:
    """Return the trainer's petition with this reference.

    Raises the same Http404 for another trainer's petition and for one that does not exist.
    """
    found = petitions_of(trainer).filter(reference=reference).first()
    if found is None:
        raise Http404("There is no such petition.")
    return found


def credential_of_petition(trainer: Trainer, ref: str) -> int | None:
    """Return the primary key of the credential of the trainer's petition; None without one."""
    found = Petition.objects.owned_by(trainer).filter(reference=ref)
    return found.values_list("credential", flat=True).first()
