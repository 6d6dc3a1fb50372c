"""A trainer's entry in the public directory, which they made themselves and which staff can take off."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ceus.models import Topic
from core.constraints import at_most, one_end
from rules.names import search_words

LONGEST_CITY = 80
MOST_TOPICS = 6


def city_key_of(city: str) -> str:
    """Return a city as it is searched: its words, folded, in their order."""
    return " ".join(search_words(city))[: 3 * LONGEST_CITY]


class ListingQuerySet(models.QuerySet["Listing"]):
    def listed(self) -> Self:
        """Return the entries whose trainers have not left the directory."""
        return self.filter(state=Listing.State.LISTED)

    def taken_off(self) -> Self:
        """Return the entries that staff took off: their trainers make no new one until staff allow it."""
        return self.filter(state=Listing.State.REMOVED)


class Listing(models.Model):
    """One entry, from the day on which the trainer made it until they leave or staff take it off. Whoever
    comes back gets a new row. `city_key` is the city as it is searched.
    """

    class State(models.TextChoices):
        LISTED = "listed", "Listed"
        LEFT = "left", "Left"
        REMOVED = "removed", "Taken off by staff"

    OPEN = ("listed",)
    OUT_OF_ORDER = "An entry that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.LISTED: {State.LEFT, State.REMOVED},
        State.REMOVED: {State.LEFT},
        State.LEFT: set(),
    }

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="listings")
    city = models.CharField(max_length=LONGEST_CITY, blank=True, help_text="As the person writes it.")
    city_key = models.CharField(max_length=3 * LONGEST_CITY, blank=True, db_index=True, editable=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="listings")
    state = models.CharField(max_length=7, choices=State, default=State.LISTED)
    listed_at = models.DateTimeField()
    ended_at = models.DateTimeField("ended", null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ("-listed_at", "-pk")
        verbose_name = "entry in the directory"
        verbose_name_plural = "entries in the directory"
        constraints = (
            models.UniqueConstraint(
                fields=["trainer"], condition=Q(state="listed"), name="employers_listing_one_listed"
            ),
            one_end("listed", ("left", "removed")),
            at_most("city", LONGEST_CITY),
            at_most("city_key", 3 * LONGEST_CITY),
        )

    def __str__(self) -> str:
        return f"listing of {self.trainer_id}"
