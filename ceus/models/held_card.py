"""A card that a trainer keeps because the policy asks for it to be current, such as CPR (its `cards`)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.constraints import at_most, one_end
from core.deadlines import full_day
from documents.models import Document
from trainers.models import Trainer

LONGEST_WORDS = 2000


class HeldCardQuerySet(models.QuerySet["HeldCard"]):
    def kept(self) -> Self:
        return self.filter(state=HeldCard.State.KEPT)

    def owned_by(self, trainer: Trainer) -> Self:
        return self.filter(trainer=trainer)


class HeldCard(models.Model):
    """One card with its days and a picture of it. It is a fact for the rules while it is kept; a
    newer card of the same kind is added beside it. Cards that are records of a category, which give
    units by themselves, are `CeuRecord`s.
    """

    class State(models.TextChoices):
        KEPT = "kept", "Kept"
        REMOVED = "removed", "Removed"
        REFUSED = "refused", "Does not count"

    OUT_OF_ORDER = "A card that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.KEPT: {State.REMOVED, State.REFUSED},
        State.REMOVED: set(),
        State.REFUSED: set(),
    }

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="held_cards")
    kind = models.CharField(max_length=40, help_text="The policy's name of the card.")
    format = models.CharField(max_length=40, blank=True, help_text="How its course was held, if it matters.")
    valid_from = models.DateField("issued on")
    valid_through = models.DateField(
        null=True, blank=True, help_text="Its last valid day; none for a card without an end."
    )
    document = models.OneToOneField(Document, models.PROTECT, related_name="held_card")
    state = models.CharField(max_length=7, choices=State, default=State.KEPT)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="Why it does not count. Shown to the person.")

    objects = HeldCardQuerySet.as_manager()

    class Meta:
        ordering = ("kind", F("valid_through").desc(nulls_first=True), "-pk")
        verbose_name = "card"
        constraints = (
            models.CheckConstraint(condition=~Q(kind=""), name="ceus_heldcard_kind_given"),
            models.CheckConstraint(
                condition=Q(valid_through=None) | Q(valid_through__gte=F("valid_from")),
                name="ceus_heldcard_order",
            ),
            one_end("kept", ["removed", "refused"]),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(words=""), name="ceus_heldcard_refused_why"
            ),
            at_most("kind", 40),
            at_most("format", 40),
            at_most("words", LONGEST_WORDS),
        )

    def __str__(self) -> str:
        return f"{self.kind_words}, issued on {full_day(self.valid_from)}"

    @property
    def kind_words(self) -> str:
        """Return the policy's name of the card in words, such as "Adult cpr"."""
        return self.kind.replace("_", " ").capitalize()
