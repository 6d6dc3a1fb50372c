"""Lookups from a trainer to their own CEU records and cards."""

from django.http import Http404

from ceus.models import CeuRecord, HeldCard
from trainers.models import Credential, Trainer


def record_of(credential: Credential, pk: int) -> CeuRecord:
    """Return the trainer's record with its course and provider.

    Raises the same Http404 for a record that does not exist and for another trainer's.
    """
    records = CeuRecord.objects.present().select_related("course__provider", "claimed_for")
    record = records.filter(credential=credential, pk=pk).first()
    if record is None:
        raise Http404
    record.credential = credential
    return record


def held_card_of(trainer: Trainer, pk: int) -> HeldCard:
    """Return the trainer's card that is kept. Raises the same Http404 for another trainer's card, for
    one that is kept no more and for one that does not exist.
    """
    card = HeldCard.objects.kept().owned_by(trainer).filter(pk=pk).first()
    if card is None:
        raise Http404
    return card


def credential_of_record(trainer: Trainer, pk: int) -> int | None:
    """Return the primary key of the credential of the trainer's record; None without one."""
    found = CeuRecord.objects.filter(credential__trainer=trainer, pk=pk)
    return found.values_list("credential", flat=True).first()
