"""One event for one endpoint, stored as a row in the transaction of what happened, and sent later."""

import secrets
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from core.constraints import at_most, one_end
from outbox.models import LeasedQuerySet, LeasedRow
from webhooks.models.endpoint import Endpoint


def new_webhook_id() -> str:
    """Return a new id of a message. It is fixed when the row is made: what is sent twice because of a
    crash, or again by hand, has the same one, and so the receiver knows it.
    """
    return f"msg_{secrets.token_hex(16)}"


class DeliveryQuerySet(LeasedQuerySet["Delivery"]):
    def due(self, moment: datetime) -> Self:
        """Return what is to be sent at `moment` to endpoints that take something now."""
        return super().due(moment).filter(endpoint__in=Endpoint.objects.reachable(moment))


class Delivery(LeasedRow):
    """One message. `key` makes it one of a kind: an event about one row is queued once for each
    endpoint.
    """

    class State(models.TextChoices):
        DUE = "due", "Waits"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Failed"
        DROPPED = "dropped", "Not sent"

    OPEN, OUT_OF_ORDER = ("due",), "A message that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DUE: {State.DELIVERED, State.FAILED, State.DROPPED},
        State.DELIVERED: {State.DUE},  # people send it again
        State.FAILED: {State.DUE},
        State.DROPPED: set(),
    }
    HISTORY_IS_PARTIAL = True  # only acts of people are in it: how a delivery ended is in its own row

    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=40)
    key = models.CharField(max_length=120, help_text="What happened, so that it is queued once.")
    webhook_id = models.CharField(max_length=40, unique=True, default=new_webhook_id, editable=False)
    body = models.TextField(help_text="The very text that is signed and sent.", blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.DUE)
    last_status = models.PositiveSmallIntegerField("last answer", null=True)
    last_error = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = "webhook delivery"
        verbose_name_plural = "webhook deliveries"
        constraints = (
            models.UniqueConstraint(fields=["endpoint", "event", "key"], name="webhooks_delivery_once"),
            one_end("due"),
            at_most("event", 40),
            at_most("key", 120),
            at_most("last_error", 300),
        )
        indexes = (
            models.Index(fields=["send_at", "id"], condition=Q(state="due"), name="webhooks_delivery_due"),
            models.Index(fields=["endpoint", "state", "-id"], name="webhooks_delivery_by_state"),
            models.Index(fields=["ended_at"], name="webhooks_delivery_ended"),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.webhook_id}"
