"""A letter that staff write to one trainer or to many, and the list of those who get it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.constraints import at_most, one_end
from outbox.models.notice import Notice

LONGEST_TITLE = 50
LONGEST_WORDS = 4000
ONE_PERSON = "one"  # the audience of a letter to one trainer
ONE_PERSON_SENDS = 100  # recipients; a letter to more takes a second person


class LetterQuerySet(models.QuerySet["Letter"]):
    def sending(self) -> Self:
        return self.filter(state=Letter.State.SENDING).order_by("pk")

    def waiting(self) -> Self:
        """Return the letters that wait for a second person's approval."""
        return self.filter(state=Letter.State.PROPOSED)


class Letter(models.Model):
    """A letter of staff. Its text changes only while it is a draft; its recipients are fixed when
    it is approved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        PROPOSED = "proposed", "Waits for a second person"
        SENDING = "sending", "Being sent"
        STOPPED = "stopped", "Stopped"
        SENT = "sent", "Sent"
        DROPPED = "dropped", "Not sent"

    OPEN, OUT_OF_ORDER = (
        ("draft", "proposed", "sending", "stopped"),
        "A letter that is “{state}” cannot be {verb}.",
    )
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.PROPOSED, State.SENDING, State.DROPPED},
        State.PROPOSED: {State.DRAFT, State.SENDING, State.DROPPED},
        State.SENDING: {State.STOPPED, State.SENT},
        State.STOPPED: {State.SENDING, State.DROPPED},
        State.SENT: set(),
        State.DROPPED: set(),
    }

    title = models.CharField("subject line", max_length=LONGEST_TITLE)
    words = models.TextField(help_text="What it says, with places such as {first name}.")
    audience = models.CharField("goes to", max_length=20, help_text="The code of a group of people.")
    audience_value = models.CharField(
        "narrowed to", max_length=80, blank=True, help_text="What narrows the group, such as a month."
    )
    urgency = models.CharField(
        max_length=8,
        choices=[
            (Notice.Urgency.FIRM, "To everybody"),
            (Notice.Urgency.OPTIONAL, "To those who want optional mail"),
        ],
        default=Notice.Urgency.FIRM,
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    counted = models.PositiveIntegerField(null=True, help_text="How many get it, fixed when it was approved.")
    ended_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = (
            one_end(["draft", "proposed", "sending", "stopped"], ["sent", "dropped"]),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed", "dropped"])
                | Q(approved_by__isnull=False, approved_at__isnull=False, counted__isnull=False),
                name="outbox_letter_approved",
            ),
            models.CheckConstraint(
                condition=Q(counted__isnull=True)
                | Q(counted__lte=ONE_PERSON_SENDS)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("written_by"))),
                name="outbox_letter_two_people",
            ),
            models.CheckConstraint(
                condition=Q(urgency__in=["firm", "optional"]), name="outbox_letter_urgency"
            ),
            at_most("title", LONGEST_TITLE),
            at_most("words", LONGEST_WORDS),
            at_most("audience", 20),
            at_most("audience_value", 80),
        )
        permissions = (("send_letter", "Can write letters, and approve those of others"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class LetterRecipient(models.Model):
    """One recipient of a letter, and when their message was queued."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="recipients")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["letter", "trainer"], name="outbox_recipient_once"),)
        indexes = (
            models.Index(
                fields=["letter", "id"], condition=Q(queued_at__isnull=True), name="outbox_recipient_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.trainer_id}"
