"""The keys with which the portal signs badges and lists of their status."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most
from core.sealing import Seal

LONGEST_PUBLIC_KEY = 60
SEAL = Seal("badges.signing")  # of the private half of a key


class SigningKey(models.Model):
    """An Ed25519 key. One is active; its private half is stored encrypted. Of a retired key only the
    public half is left, so that what it signed can be verified for ever, unless the key is distrusted
    because somebody else may have signed with it.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        RETIRED = "retired", "Retired"

    OUT_OF_ORDER = "A signing key that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {State.ACTIVE: {State.RETIRED}, State.RETIRED: set()}

    name = models.CharField(max_length=24, unique=True, help_text="Its fragment in the DID document.")
    public_key = models.CharField(
        max_length=LONGEST_PUBLIC_KEY, unique=True, help_text="Multibase, as in the DID document."
    )
    sealed_private = models.TextField(blank=True, help_text="Encrypted; empty once the key is retired.")
    state = models.CharField(max_length=7, choices=State, default=State.ACTIVE)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    distrusted_at = models.DateTimeField(
        null=True, help_text="Since when nothing that it signed verifies any more."
    )
    distrusted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="active"), name="badges_signingkey_one_active"
            ),
            models.CheckConstraint(
                condition=Q(state="active", retired_at__isnull=True, retired_by__isnull=True)
                & ~Q(sealed_private="")
                | Q(state="retired", retired_at__isnull=False, sealed_private=""),
                name="badges_signingkey_retired",
            ),
            models.CheckConstraint(
                condition=Q(distrusted_at__isnull=True, distrusted_by__isnull=True)
                | Q(distrusted_at__isnull=False, distrusted_by__isnull=False, state="retired"),
                name="badges_signingkey_distrusted",
            ),
            at_most("name", 24),
            at_most("public_key", LONGEST_PUBLIC_KEY),
        )

    def __str__(self) -> str:
        return self.name
