"""The public keys of others whose signed credentials we believe: of providers, and of other bodies."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ceus.models import Provider
from core.constraints import at_most

LONGEST_DID = 200
LONGEST_PUBLIC_KEY = 60


class IssuerKeyQuerySet(models.QuerySet["IssuerKey"]):
    def believed(self, did: str) -> Self:
        """Return the keys of an issuer that are in use."""
        return self.filter(did=did, ended_at__isnull=True).select_related("provider")


class IssuerKey(models.Model):
    """One Ed25519 key of an issuer. What it signs is reported by `provider`, or comes from the body
    called `name`.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="issuer_keys", null=True)
    name = models.CharField("other body", max_length=120, blank=True)
    did = models.CharField("issuer", max_length=LONGEST_DID, help_text="As its credentials name it.")
    public_key = models.CharField(max_length=LONGEST_PUBLIC_KEY, help_text="Multibase, z6Mk…")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = IssuerKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-added_at", "-pk")
        verbose_name = "signing key of others"
        verbose_name_plural = "signing keys of others"
        constraints = (
            models.UniqueConstraint(
                fields=["did", "public_key"],
                condition=Q(ended_at__isnull=True),
                name="providers_issuerkey_once",
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=False, name="") | (Q(provider__isnull=True) & ~Q(name="")),
                name="providers_issuerkey_of_whom",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="providers_issuerkey_ended",
            ),
            at_most("name", 120),
            at_most("did", LONGEST_DID),
            at_most("public_key", LONGEST_PUBLIC_KEY),
        )

    def __str__(self) -> str:
        return f"{self.owner_name}, {self.did}"

    @property
    def owner_name(self) -> str:
        return self.provider.name if self.provider else self.name
