"""The role of a person at an organisation that is no trainer and no staff: a provider, an employer."""

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

RoleRow = TypeVar("RoleRow", bound="OrganisationRole")
ONE_OPEN = Q(state__in=["invited", "active"])
ONE_END = Q(state__in=["invited", "active"], ended_at__isnull=True) | Q(state="ended", ended_at__isnull=False)


class RoleQuerySet(models.QuerySet[RoleRow]):
    def open(self) -> Self:
        """Return the roles that are invited or active."""
        return self.filter(state__in=OrganisationRole.OPEN)

    def active(self) -> Self:
        return self.filter(state=OrganisationRole.State.ACTIVE)


class OrganisationRole(models.Model):
    """The common fields of roles. The link of the invitation expires; sending it again voids the
    earlier one.

    A subclass adds a foreign key to its organisation, whose name is `ORGANISATION`, and one to the
    person.
    """

    class State(models.TextChoices):
        INVITED = "invited", "Invited"
        ACTIVE = "active", "Active"
        ENDED = "ended", "Ended"

    OPEN = ("invited", "active")
    OUT_OF_ORDER = "A role that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.INVITED: {State.ACTIVE, State.ENDED},
        State.ACTIVE: {State.ENDED},
        State.ENDED: set(),
    }
    ORGANISATION: ClassVar[str]

    person: Any  # each app has its own, with a name for the way back
    person_id: Any
    state = models.CharField(max_length=8, choices=State, default=State.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    times_sent = models.PositiveSmallIntegerField(default=1)
    link_ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("-invited_at", "-pk")

    def __str__(self) -> str:
        return f"{self.pk} at {getattr(self, f'{self.ORGANISATION}_id')}"

    def waits_at(self, at: datetime) -> bool:
        """Return whether the invitation can be accepted at this moment."""
        return self.state == self.State.INVITED and at < self.link_ends_at
