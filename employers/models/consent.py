"""The consent of a trainer that an employer sees their certification."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import one_end
from employers.models.employer import Employer


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> Self:
        """Return the consents that have not ended."""
        return self.filter(state=Consent.State.STANDING)


class Consent(models.Model):
    """One consent, from the day on which the trainer gave it until they end it. Whoever consents
    again after that gets a new row.
    """

    class State(models.TextChoices):
        STANDING = "standing", "Standing"
        ENDED = "ended", "Ended"

    OPEN = ("standing",)
    OUT_OF_ORDER = "A consent that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {State.STANDING: {State.ENDED}, State.ENDED: set()}

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="consents")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="employer_consents")
    state = models.CharField(max_length=8, choices=State, default=State.STANDING)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["employer", "trainer"],
                condition=Q(state="standing"),
                name="employers_consent_one_standing",
            ),
            one_end("standing", "ended"),
        )

    def __str__(self) -> str:
        return f"{self.trainer_id} to {self.employer_id}"
