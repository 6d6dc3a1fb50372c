"""One message to one person, stored as a row: it waits there to be sent, and stays as the copy of
what was sent (I9, I10).
"""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most, one_end
from outbox.models.leased import LeasedQuerySet, LeasedRow


def new_message_id() -> str:
    """Return a new Message-ID.

    It is fixed when the row is made, so that a message that is sent twice because of a crash has
    the same one both times.
    """
    return f"<{secrets.token_hex(16)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>"


class NoticeQuerySet(LeasedQuerySet["Notice"]):
    """The notices, as the outbox asks for them."""


class Notice(LeasedRow):
    class State(models.TextChoices):
        DUE = "due", "Due"
        SENT = "sent", "Sent"
        SUPERSEDED = "superseded", "No longer needed"
        SUPPRESSED = "suppressed", "Not wanted"
        FAILED = "failed", "Failed"

    OPEN, OUT_OF_ORDER = ("due",), "A message that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DUE: {State.SENT, State.SUPERSEDED, State.SUPPRESSED, State.FAILED},
        State.SENT: set(),
        State.SUPERSEDED: set(),
        State.SUPPRESSED: set(),
        State.FAILED: {State.DUE},  # staff send it again
    }

    HISTORY_IS_PARTIAL = True  # only acts of staff are in it: how a notice ended is in its own row

    class Urgency(models.TextChoices):
        FIRM = "firm", "About rights, money or a last day"
        EARLY = "early", "Early reminder"
        OPTIONAL = "optional", "Optional reminder"

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, help_text="The row that it is about.")
    event = models.CharField(max_length=80, help_text="The date or event that makes it one of a kind.")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    payload = models.JSONField(
        default=dict, help_text="What the message says that its subject cannot tell later."
    )
    private = models.BooleanField(
        default=False, help_text="Holds a sign-in code: its text is erased once sent and never shown."
    )
    urgency = models.CharField(
        max_length=8,
        choices=Urgency,
        default=Urgency.FIRM,
        help_text="Early and optional ones keep 7 days' distance; optional ones can be switched off.",
    )
    state = models.CharField(max_length=12, choices=State, default=State.DUE)
    last_error = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id, editable=False)
    to_address = models.EmailField(blank=True)
    title = models.CharField("subject line", max_length=150, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-send_at", "-pk")
        verbose_name = "message"
        constraints = (
            models.UniqueConstraint(fields=["kind", "subject", "event"], name="outbox_notice_once"),
            one_end("due"),
            models.CheckConstraint(
                condition=Q(urgency__in=["firm", "early", "optional"]), name="outbox_notice_urgency"
            ),
            at_most("title", 150),
        )
        indexes = (
            models.Index(fields=["send_at", "id"], condition=Q(state="due"), name="outbox_notice_due"),
            models.Index(fields=["trainer", "-send_at"], name="outbox_notice_of"),
            models.Index(fields=["-send_at", "-id"], name="outbox_notice_latest"),
            models.Index(fields=["state", "-send_at", "-id"], name="outbox_notice_by_state"),
        )

    def __str__(self) -> str:
        return self.title or self.kind


class MailEvent(models.Model):
    """What a mail provider reported about one message, once for each event."""

    class Kind(models.TextChoices):
        DELIVERED = "delivered", "Delivered"
        BOUNCED = "bounced", "Came back"
        COMPLAINED = "complained", "Reported as unwanted"

    event_id = models.CharField(max_length=200, unique=True, help_text="The provider's own name for it.")
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, related_name="mail_events", help_text="None: no message of ours."
    )
    kind = models.CharField(max_length=12, choices=Kind)
    address = models.EmailField()
    words = models.CharField("what was reported", max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["delivered", "bounced", "complained"]), name="outbox_mailevent_kind"
            ),
            at_most("event_id", 200),
            at_most("words", 300),
        )
        indexes = (models.Index(fields=["kind", "-at"], name="outbox_mailevent_by_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"


class Heartbeat(models.Model):
    """The moment at which a part that runs by itself last did its work: one row for each part."""

    part = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part}, {self.at}"
