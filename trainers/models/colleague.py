"""How somebody is invited to work here, and how a lost second factor is reset."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.constraints import one_end


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        return self.filter(state=Invitation.State.SENT)


class Invitation(models.Model):
    """An invitation to work here in a role. Its link expires; when it is sent again, the earlier
    link stops working.
    """

    class State(models.TextChoices):
        SENT = "sent", "Sent"
        ACCEPTED = "accepted", "Accepted"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN = ("sent",)
    OUT_OF_ORDER = "An invitation that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.SENT: {State.ACCEPTED, State.WITHDRAWN},
        State.ACCEPTED: set(),
        State.WITHDRAWN: set(),
    }

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, blank=True, help_text="The group; empty for a superuser alone.")
    as_superuser = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: an operator, on the command line.",
    )
    sent_at = models.DateTimeField()
    times_sent = models.PositiveSmallIntegerField(default=1)
    link_ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        permissions = (("lead_people", "Can invite colleagues, change roles and reset second factors"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="sent"), name="trainers_invitation_one_open"
            ),
            one_end("sent", ["accepted", "withdrawn"]),
        )

    def __str__(self) -> str:
        return f"{self.person_id}, {self.role or 'superuser'}"

    def waits_at(self, at: datetime) -> bool:
        """Return whether the invitation can be accepted at this moment."""
        return self.state == self.State.SENT and at < self.link_ends_at


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def open(self) -> Self:
        return self.filter(state=FactorReset.State.ASKED)


class FactorReset(models.Model):
    """The reset of a colleague's lost second factor: one person asks for it, another confirms
    it.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Waits for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        DROPPED = "dropped", "Dropped"

    OPEN = ("asked",)
    OUT_OF_ORDER = "A reset that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.ASKED: {State.CONFIRMED, State.DROPPED},
        State.CONFIRMED: set(),
        State.DROPPED: set(),
    }

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="factor_resets")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="asked"), name="trainers_factorreset_one_open"
            ),
            one_end("asked", ["confirmed", "dropped"]),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_by__isnull=False)
                | Q(state__in=["asked", "dropped"], confirmed_by__isnull=True),
                name="trainers_factorreset_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="trainers_factorreset_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person"))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person"))),
                name="trainers_factorreset_of_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}, {self.asked_at:%Y-%m-%d}"
