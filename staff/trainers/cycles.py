"""Cycles that have ended: renewed, or without a renewal."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from core import clock
from renewals.models import Application
from renewals.models.application_rules import OPEN_STATES
from staff.filters import QueueFilter
from trainers.models import Credential, Cycle

if TYPE_CHECKING:
    from django.db.models import QuerySet


def ended_cycles(cycles: "QuerySet[Cycle]") -> "QuerySet[Cycle]":
    """Return those of `cycles` whose last day to apply has passed without a renewal that is open or approved."""
    alive = Q(state__in=OPEN_STATES) | Q(state=Application.State.APPROVED)
    applied = Application.objects.filter(alive, cycle=OuterRef("pk"))
    over = cycles.filter(last_day_to_apply__lt=clock.today(settings.TIME_ZONE)).exclude(
        credential__state=Credential.State.ERASED
    )
    return over.filter(~Exists(_later()), ~Exists(applied))


def renewed_cycles(cycles: "QuerySet[Cycle]") -> "QuerySet[Cycle]":
    """Return those of `cycles` that have a next cycle."""
    return cycles.filter(Exists(_later()))


class OutcomeFilter(QueueFilter[Cycle]):
    """A filter of the list of cycles by how they ended."""

    title, parameter_name = "outcome", "outcome"
    labels = {"renewed": "Renewed", "ended": "Over without a renewal"}

    def parts(self, rows: "QuerySet[Cycle]") -> "dict[str, QuerySet[Cycle]]":
        return {"renewed": renewed_cycles(rows), "ended": ended_cycles(rows)}


def _later() -> "QuerySet[Cycle]":
    return Cycle.objects.filter(credential=OuterRef("credential"), starts_on__gt=OuterRef("starts_on"))
