"""A trainer's request for another name on the certificate, with its proof (Q28)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most
from documents.models import Document
from rules.names import LONGEST_NAME
from trainers.models import Trainer

LONGEST_WORDS = 2000


class NameRequestQuerySet(models.QuerySet["NameRequest"]):
    def open(self) -> Self:
        return self.filter(state__in=NameRequest.OPEN)

    def owned_by(self, trainer: Trainer) -> Self:
        return self.filter(trainer=trainer)


class NameRequest(models.Model):
    """One request; `before` and `after` never change. Until it is approved the certificate keeps
    the old name.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", "Waiting"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN = ("requested",)
    OUT_OF_ORDER = "A request that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.REQUESTED: {State.APPROVED, State.REFUSED, State.WITHDRAWN},
        State.APPROVED: set(),
        State.REFUSED: set(),
        State.WITHDRAWN: set(),
    }

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="name_requests")
    before = models.CharField("old name", max_length=LONGEST_NAME)
    after = models.CharField("new name", max_length=LONGEST_NAME)
    proof = models.ForeignKey(Document, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    requested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    words = models.TextField(blank=True, help_text="Why it was refused. Shown to the person.")

    objects = NameRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        permissions = (("decide_namerequest", "Can decide about a name"),)
        constraints = (
            models.UniqueConstraint(
                fields=["trainer"], condition=Q(state="requested"), name="names_namerequest_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="requested", ended_at__isnull=True)
                | (Q(state__in=["approved", "refused", "withdrawn"]) & Q(ended_at__isnull=False)),
                name="names_namerequest_one_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | Q(decided_by__isnull=False),
                name="names_namerequest_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(words=""), name="names_namerequest_refused_why"
            ),
            at_most("before", LONGEST_NAME),
            at_most("after", LONGEST_NAME),
            at_most("words", LONGEST_WORDS),
        )

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
