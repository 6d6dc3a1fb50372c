"""The people of a provider: invited by staff, they see what their provider may see and nothing else."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ceus.models import Provider


class ProviderPersonQuerySet(models.QuerySet["ProviderPerson"]):
    def open(self) -> Self:
        """Return the roles that are invited or active."""
        return self.filter(state__in=ProviderPerson.OPEN)

    def active(self) -> Self:
        return self.filter(state=ProviderPerson.State.ACTIVE)


class ProviderPerson(models.Model):
    """The role of one person at one provider. The link of the invitation expires; sending it again
    voids the earlier one.
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

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="provider_roles")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="people")
    state = models.CharField(max_length=8, choices=State, default=State.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    times_sent = models.PositiveSmallIntegerField(default=1)
    link_ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ProviderPersonQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "-pk")
        verbose_name = "person of a provider"
        verbose_name_plural = "people of providers"
        permissions = (("lead_providers", "Can invite people of providers and decide what they ask for"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["invited", "active"]),
                name="providers_person_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["invited", "active"], ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False),
                name="providers_person_one_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.provider_id}"
