"""Lookups of a trainer's credential, its current cycle, and the trainer's messages."""

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, CharField, DateTimeField, Exists, OuterRef, QuerySet

from core.prepared import PreparedQuery
from outbox.models import Notice
from trainers.models import Credential, Cycle, DataFile, Trainer
from trainers.models.credential import normalise_number

LAST_CYCLE = ("-expires_on", "-credential__awarded_on", "-credential__pk")  # of several certifications
NEW_FOR = timedelta(days=30)  # how long a message counts as new when nobody opens it
MOST_NEW = 10
_CYCLE = PreparedQuery(
    lambda trainer: _cycles_with_credential().filter(credential__trainer=trainer)[:1],
    trainer=BigIntegerField(),
)
_CYCLE_WITH_NUMBER = PreparedQuery(
    lambda trainer, number: _cycles_with_credential().filter(
        credential__trainer=trainer, credential__number=number
    )[:1],
    trainer=BigIntegerField(),
    number=CharField(),
)
_NEW_MESSAGES = PreparedQuery(
    lambda trainer, after: _messages_among(Notice.objects.filter(trainer=trainer, ended_at__gt=after)).only(
        "title", "ended_at"
    )[:MOST_NEW],
    trainer=BigIntegerField(),
    after=DateTimeField(),
)


def _cycles_with_credential() -> QuerySet[Cycle]:
    """Return the cycles, the last first, each with its credential and whether it `is_of_several`."""
    return mark_several(Cycle.objects.select_related("credential")).order_by(*LAST_CYCLE)


def mark_several(cycles: QuerySet[Cycle]) -> QuerySet[Cycle]:
    """Return the cycles, each with whether its trainer has other credentials, too (`is_of_several`)."""
    others = Credential.objects.known().filter(trainer=OuterRef("credential__trainer"))
    return cycles.annotate(is_of_several=Exists(others.exclude(pk=OuterRef("credential"))))


def credential_of(trainer: Trainer) -> Credential | None:
    """Return the trainer's credential; when there are several, the one whose cycle ends last; None
    for an account that never had one.
    """
    return trainer.credentials.current_first().first()


def cycle_of(trainer: Trainer) -> Cycle | None:
    """Return the current cycle of the trainer's credential, with the credential, in one query; None
    without one. When there are several, the one that ends last.
    """
    return _with_trainer(_CYCLE.first(trainer=trainer.pk), trainer)


def cycle_with_number(trainer: Trainer, number: str) -> Cycle | None:
    """Return the current cycle of the trainer's credential with this number, as `cycle_of` does;
    None for a number that is not theirs.
    """
    return _with_trainer(
        _CYCLE_WITH_NUMBER.first(trainer=trainer.pk, number=normalise_number(number)), trainer
    )


def cycles_of_several(trainer: Trainer) -> list[Cycle]:
    """Return the current cycle of each of the trainer's credentials, with the credential."""
    cycles = Cycle.objects.current().filter(credential__in=Credential.objects.known().filter(trainer=trainer))
    found = list(cycles.select_related("credential").order_by("expires_on", "credential__number"))
    for one in found:
        one.credential.trainer = trainer
    return found


def is_of_several(cycle: Cycle) -> bool:
    """Return whether the trainer of this cycle, found by `cycle_of`, has other credentials, too."""
    return bool(getattr(cycle, "is_of_several", False))


def _with_trainer(cycle: Cycle | None, trainer: Trainer) -> Cycle | None:
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
    return _messages_among(trainer.notices.all())


def _messages_among(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    ended = [Notice.State.SENT, Notice.State.FAILED]
    return notices.filter(state__in=ended, private=False).exclude(title="").order_by("-ended_at", "-pk")


def new_messages_of(trainer: Trainer, *, at: datetime) -> list[Notice]:
    """Return at most 10 messages of the last 30 days, the newest first, that are newer than every
    message that the trainer has opened. Only title and time are read.
    """
    after = max(at - NEW_FOR, trainer.messages_seen_at or at - NEW_FOR)
    return _NEW_MESSAGES.all(trainer=trainer.pk, after=after)


def data_file_of(trainer: Trainer) -> DataFile | None:
    """Return the download file with the trainer's own data, ready or still being built; None
    without one.
    """
    return DataFile.objects.living().filter(trainer=trainer).first()
