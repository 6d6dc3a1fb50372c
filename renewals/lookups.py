"""Lookups from a trainer to their own applications."""

from datetime import date

from django.db.models import BigIntegerField
from django.http import Http404

from core.prepared import PreparedQuery
from renewals.models import Application, YearlyFee
from trainers.models import Credential, Cycle, Trainer


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


_FOREMOST = PreparedQuery(
    lambda credential: Application.objects.for_home().filter(cycle__credential=credential)[:1],
    credential=BigIntegerField(),
)


def foremost_of(credential: Credential) -> Application | None:
    """Return the credential's application that comes first by `ApplicationQuerySet.foremost`, as
    `for_home` reads it, or None.
    """
    return _FOREMOST.first(credential=credential.pk)


def renewals_of(trainer: Trainer) -> list[Application]:
    """Return every renewal that the trainer has submitted, the newest first."""
    submitted = Application.objects.owned_by(trainer).filter(received_on__isnull=False)
    return list(submitted.select_related("cycle__credential").order_by("-received_on", "-pk"))


def certified_cycles(trainer: Trainer, *, today: date) -> list[Cycle]:
    """Return the cycles for which the trainer has or had a certificate, the newest first. Only
    cycles of credentials that are in force are returned, and none with another status, such as inactive.
    """
    awarded = Credential.objects.filter(
        trainer=trainer, state=Credential.State.IN_FORCE, awarded_on__lte=today
    )
    cycles = Cycle.objects.filter(credential__in=awarded).select_related("credential__trainer")
    return [one for one in cycles.order_by("-starts_on", "-pk") if one.status_path is None]


def certified_cycle_of(trainer: Trainer, pk: int, *, today: date) -> Cycle:
    """Return one of the trainer's `certified_cycles`.

    Raises the same Http404 for another trainer's cycle and for one that does not exist.
    """
    found = next((one for one in certified_cycles(trainer, today=today) if one.pk == pk), None)
    if found is None:
        raise Http404("There is no such certificate.")
    return found


def credential_of_application(trainer: Trainer, reference: str) -> int | None:
    """Return the primary key of the credential of the trainer's application; None without one."""
    found = Application.objects.owned_by(trainer).filter(reference=reference)
    return found.values_list("cycle__credential", flat=True).first()


def credential_of_cycle(trainer: Trainer, cycle: int) -> int | None:
    """Return the primary key of the credential of the trainer's cycle; None without one."""
    found = Cycle.objects.filter(credential__trainer=trainer, pk=cycle)
    return found.values_list("credential", flat=True).first()


def credential_of_due(trainer: Trainer, pk: int) -> int | None:
    """Return the primary key of the credential of the trainer's yearly fee; None without one."""
    found = YearlyFee.objects.filter(cycle__credential__trainer=trainer, pk=pk)
    return found.values_list("cycle__credential", flat=True).first()
