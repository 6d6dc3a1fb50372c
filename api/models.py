"""Keys by which programs use the API. A key is shown once; what is stored is its hash."""

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most

LONGEST_NAME = 60
KeyRow = TypeVar("KeyRow", bound="ProgramKey")


class KeyQuerySet(models.QuerySet[KeyRow]):
    def working(self, at: datetime) -> Self:
        """Return the keys that can be used at a moment."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), revoked_at__isnull=True)


class ProgramKey(models.Model):
    """The common fields of keys. `prefix` is the first part of a key, by which people tell keys
    apart; `scopes` say what it may do.

    A subclass adds a foreign key to its organisation, whose name is `ORGANISATION`, the choices
    `Scope`, the scopes that a form offers first, and the `MARK` with which the text of a key begins.
    """

    ORGANISATION: ClassVar[str]
    MARK: ClassVar[str]
    USUAL: ClassVar[list[str]]
    Scope: Any

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

    class Meta:
        abstract = True
        ordering = ("-made_at", "-pk")
        verbose_name = "API key"
        constraints = (
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="%(app_label)s_%(class)s_revoked",
            ),
            at_most("name", LONGEST_NAME),
            at_most("prefix", 12),
            at_most("sha256", 64),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def beginning(self) -> str:
        """Return the part of the key that is no secret, as people see it in lists."""
        return f"{self.MARK}_{self.prefix}_…"

    @property
    def may(self) -> list[str]:
        """Return what the key may do, in the words of the form."""
        return [str(label) for scope, label in self.Scope.choices if scope in self.scopes]

    @property
    def organisation(self) -> Any:
        return getattr(self, self.ORGANISATION)

    def works_at(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.ends_at is None or at < self.ends_at)
