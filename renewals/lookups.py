"""Lookups from a trainer to their own applications."""

from django.http import Http404

from renewals.models import Application
from trainers.models import Credential, Trainer


def application_of(trainer: Trainer, reference: str) -> Application:
    """Return the trainer's application with this reference.

    Raises the same Http404 for another trainer's application and for one that does not exist.
    """
    found = (
        Application.objects.owned_by(trainer)
        .filter(reference=reference)
        .select_related("charge", "cycle__credential__trainer")
        .first()
    )
    if found is None:
        raise Http404("There is no such renewal.")
    return found


def latest_of(trainer: Trainer) -> Application | None:
    """Return the trainer's application that comes first by `ApplicationQuerySet.foremost`, or
    None.
    """
    return (
        Application.objects.owned_by(trainer)
        .foremost()
        .select_related("charge", "cycle__credential__trainer")
        .first()
    )


def renewals_of(credential: Credential) -> list[Application]:
    """Return the approved renewals of a credential, the newest first."""
    approved = Application.objects.filter(cycle__credential=credential, state=Application.State.APPROVED)
    return list(approved.select_related("charge", "cycle__credential").order_by("-cycle__starts_on", "-pk"))
