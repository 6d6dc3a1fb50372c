"""The people of a provider: invited by staff, they see what their provider may see and nothing else."""

from django.conf import settings
from django.db import models

from ceus.models import Provider
from trainers.models.role import ONE_END, ONE_OPEN, OrganisationRole, RoleQuerySet


class ProviderPersonQuerySet(RoleQuerySet["ProviderPerson"]):
    pass


class ProviderPerson(OrganisationRole):
    """The role of one person at one provider."""

    ORGANISATION = "provider"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="provider_roles")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="people")

    objects = ProviderPersonQuerySet.as_manager()

    class Meta(OrganisationRole.Meta):
        verbose_name = "person of a provider"
        verbose_name_plural = "people of providers"
        permissions = (("lead_providers", "Can invite people of providers and decide what they ask for"),)
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=ONE_OPEN, name="providers_person_one_open"),
            models.CheckConstraint(condition=ONE_END, name="providers_person_one_end"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.provider_id}"
