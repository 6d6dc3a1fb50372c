"""A new address that staff typed for a person. It is used when somebody has opened the link in the
mail sent to it.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most, one_end

LONGEST_REASON = 2000


class EmailChangeQuerySet(models.QuerySet["EmailChange"]):
    def waiting(self) -> Self:
        return self.filter(state=EmailChange.State.WAITING)


class EmailChange(models.Model):
    """One change of address. Until the link to the new address was opened, the account keeps the old one."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for the new address"
        PROVED = "proved", "Changed"
        DROPPED = "dropped", "Taken back"

    OPEN, OUT_OF_ORDER = ("waiting",), "A change of address that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.WAITING: {State.PROVED, State.DROPPED},
        State.PROVED: set(),
        State.DROPPED: set(),
    }

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="email_changes")
    before = models.CharField("old address", max_length=254)
    after = models.CharField("new address", max_length=254)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["trainer"], condition=Q(state="waiting"), name="trainers_emailchange_one_waiting"
            ),
            one_end("waiting", ["proved", "dropped"]),
            at_most("before", 254),
            at_most("after", 254),
            at_most("reason", LONGEST_REASON),
        )

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
