"""Keys by which a provider's programs use the API. A key is shown once; what is stored is its hash."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ceus.models import Provider
from core.constraints import at_most

LONGEST_NAME = 60


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def working(self, at: datetime) -> Self:
        """Return the keys that can be used at a moment."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), revoked_at__isnull=True)


class ApiKey(models.Model):
    """One key. `prefix` is its first part, by which people tell keys apart; `scopes` say what it may do."""

    class Scope(models.TextChoices):
        REPORT = "report", "Report completions"
        CHECK = "check", "Check numbers"
        COURSES = "courses", "Read courses"
        XAPI = "xapi", "Send statements of a learning system"

    USUAL: ClassVar[list[str]] = ["report", "check", "courses"]

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=LONGEST_NAME, help_text="Where it is used.")
    prefix = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True, help_text="Set when a newer key takes its place.")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "API key"
        constraints = (
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="providers_apikey_revoked",
            ),
            at_most("name", LONGEST_NAME),
            at_most("prefix", 12),
            at_most("sha256", 64),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def works_at(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.ends_at is None or at < self.ends_at)
