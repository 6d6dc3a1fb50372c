"""Lookups of a trainer's credential, its current cycle, and the trainer's messages."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from outbox.models import Notice
from trainers.models import Credential, Cycle, DataFile, Trainer

LAST_CYCLE = ("-expires_on", "-credential__awarded_on", "-credential__pk")  # of several certifications
NEW_FOR = timedelta(days=30)  # how long a message counts as new when nobody opens it
MOST_NEW = 10


def credential_of(trainer: Trainer) -> Credential | None:
    """Return the trainer's credential; when there are several, the one whose cycle ends last; None
    for an account that never had one.
    """
    return trainer.credentials.current_first().first()


def cycle_of(trainer: Trainer) -> Cycle | None:
    """Return the current cycle of the trainer's credential, with the credential, in one query; None
    without one.
    """
    cycles = Cycle.objects.filter(credential__trainer=trainer).select_related("credential")
    cycle = cycles.order_by(*LAST_CYCLE).first()
    if cycle:
        cycle.credential.trainer = trainer
    return cycle


def current_cycle(credential: Credential) -> Cycle:
    """Return the credential's latest cycle, which is the one to renew."""
    cycle = Cycle.objects.latest_of(credential)
    cycle.credential = credential
    return cycle


def messages_of(trainer: Trainer) -> QuerySet[Notice]:
    """Return the copy of every email to the trainer, including those that could not be delivered.
    Left out are emails with a sign-in code.
    """
    ended = [Notice.State.SENT, Notice.State.FAILED]
    return (
        trainer.notices.filter(state__in=ended, private=False).exclude(title="").order_by("-ended_at", "-pk")
    )


def new_messages_of(trainer: Trainer, *, at: datetime) -> list[Notice]:
    """Return at most 10 messages of the last 30 days, the newest first, that are newer than every
    message that the trainer has opened. Only title and time are read.
    """
    after = max(at - NEW_FOR, trainer.messages_seen_at or at - NEW_FOR)
    return list(messages_of(trainer).filter(ended_at__gt=after).only("title", "ended_at")[:MOST_NEW])


def data_file_of(trainer: Trainer) -> DataFile | None:
    """Return the download file with the trainer's own data, ready or still being built; None
    without one.
    """
    return DataFile.objects.living().filter(trainer=trainer).first()
