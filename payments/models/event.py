"""The provider's messages, stored before they are processed (invariant 4)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most


class ProviderEvent(models.Model):
    """A signed webhook, stored before it is processed, and processed once."""

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        PROCESSED = "processed", "Processed"
        IGNORED = "ignored", "Not about us"
        PARKED = "parked", "Waits for staff"
        HANDLED = "handled", "Handled by staff"

    OUT_OF_ORDER = "A message that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.RECEIVED: {State.PROCESSED, State.IGNORED, State.PARKED},
        State.PROCESSED: set(),
        State.IGNORED: set(),
        # Parked to received: its payment was unknown when it was parked, and is known now.
        State.PARKED: {State.HANDLED, State.RECEIVED},
        State.HANDLED: {State.PARKED},  # a second person refused the refund of its money
    }
    HISTORY_IS_PARTIAL = True  # only acts of staff are in it: what the portal did is in `note`

    class Answer(models.TextChoices):
        CREDITED = "credited", "Credited to a charge"
        RETURNED = "returned", "The money goes back"
        NOTHING = "nothing", "Nothing to do"

    event_id = models.CharField(max_length=255, unique=True)
    type = models.CharField(max_length=80)
    payload = models.JSONField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    attempts = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True, help_text="What staff did about it.")
    answer_reason = models.CharField(max_length=300, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        verbose_name = "message from the provider"
        verbose_name_plural = "messages from the provider"
        permissions = (("match_providerevent", "Can say what becomes of money that fits no charge"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="handled", handled_by__isnull=False, handled_at__isnull=False)
                & ~Q(answer="")
                | ~Q(state="handled") & Q(handled_by__isnull=True, handled_at__isnull=True, answer=""),
                name="payments_event_handled_by_whom",
            ),
            *(at_most(field, longest) for field, longest in (("event_id", 255), ("type", 80), ("note", 300))),
            at_most("answer_reason", 300),
        )
        indexes = (
            models.Index(
                fields=["received_at", "id"],
                condition=Q(state__in=("received", "parked")),
                name="payments_event_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
