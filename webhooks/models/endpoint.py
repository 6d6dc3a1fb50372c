"""The address of a program that hears of events, and the secret with which they are signed."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most

LONGEST_NAME = 60
LONGEST_URL = 500
LONGEST_OWNER = 80
HOUSE = ""  # the owner of the certifying body's own endpoints


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def open(self) -> Self:
        """Return the endpoints that were not ended."""
        return self.exclude(state=Endpoint.State.ENDED)

    def reachable(self, moment: datetime) -> Self:
        """Return the endpoints to which something may be sent at `moment`."""
        rested = Q(hold_until__isnull=True) | Q(hold_until__lte=moment)
        return self.filter(rested, state=Endpoint.State.ACTIVE)


class Endpoint(models.Model):
    """One endpoint. `owner` is empty for the certifying body's own; otherwise it names the row that
    it belongs to, as the subjects of history do.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        OFF = "off", "Switched off"
        ENDED = "ended", "Ended"

    OPEN, OUT_OF_ORDER = (
        ("active", "paused", "off"),
        "An endpoint that is “{state}” cannot be {verb}.",
    )
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.ACTIVE: {State.PAUSED, State.OFF, State.ENDED},
        State.PAUSED: {State.ACTIVE, State.ENDED},
        State.OFF: {State.ACTIVE, State.ENDED},
        State.ENDED: set(),
    }

    owner = models.CharField(max_length=LONGEST_OWNER, blank=True, default=HOUSE)
    name = models.CharField(max_length=LONGEST_NAME, help_text="What receives it.")
    url = models.CharField("address", max_length=LONGEST_URL)
    events = models.JSONField(default=list, help_text="The codes of the events that it hears of.")
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    secret_sealed = models.TextField(help_text="Encrypted; empty once it has ended.", blank=True)
    old_secret_sealed = models.TextField(help_text="Of the secret before, while it still signs.", blank=True)
    old_secret_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    last_ok_at = models.DateTimeField("last answered", null=True)
    failing_since = models.DateTimeField(null=True, help_text="Since then nothing was accepted.")
    hold_until = models.DateTimeField(null=True, help_text="Nothing is sent to it before then.")
    off_reason = models.CharField("why it was switched off", max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "webhook endpoint"
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["active", "paused", "off"], ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False, secret_sealed="", old_secret_sealed=""),
                name="webhooks_endpoint_one_end",
            ),
            models.CheckConstraint(
                condition=Q(state="ended") | ~Q(secret_sealed=""), name="webhooks_endpoint_secret"
            ),
            models.CheckConstraint(
                condition=Q(old_secret_sealed="", old_secret_until__isnull=True)
                | (~Q(old_secret_sealed="") & Q(old_secret_until__isnull=False)),
                name="webhooks_endpoint_old_secret",
            ),
            at_most("name", LONGEST_NAME),
            at_most("url", LONGEST_URL),
            at_most("owner", LONGEST_OWNER),
            at_most("off_reason", 300),
        )
        indexes = (models.Index(fields=["owner", "state"], name="webhooks_endpoint_of"),)
        permissions = (("lead_webhooks", "Can add, pause and end webhooks of the certifying body"),)

    def __str__(self) -> str:
        return self.name
