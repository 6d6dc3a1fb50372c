"""A trainer appears in the public directory, changes what it says, and leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ceus.models import Topic
from core.errors import Refusal, require_self
from core.history import record_history
from core.transitions import check_length, move
from employers.models import Listing
from employers.models.listing import LONGEST_CITY, MOST_TOPICS, city_key_of
from trainers.models import Credential, Trainer

TOO_MANY_TOPICS = f"Choose at most {MOST_TOPICS} topics."
TAKEN_OFF = "We took your entry off. Write to us if you want to be in the directory again."
NOT_CERTIFIED = "Only somebody with a certification can be in the directory."


def list_trainer(
    trainer: Trainer, *, city: str, topics: Iterable[Topic], by: Trainer, at: datetime
) -> Listing:
    """Put a trainer into the public directory, or change what it says of them. Idempotent. Raises
    Refusal for anybody else, for whoever has no certification or was taken off by staff, and for too
    many topics.
    """
    require_self(by, trainer.pk)
    city = check_length(city, field="city", longest=LONGEST_CITY)
    chosen = {topic.pk for topic in topics}
    if len(chosen) > MOST_TOPICS:
        raise Refusal(TOO_MANY_TOPICS, code="too_many", field="topics")
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update(no_key=True).get(pk=trainer.pk)
        if not trainer.is_active or not Credential.objects.known().filter(trainer=trainer).exists():
            raise Refusal(NOT_CERTIFIED, code="not_allowed")
        if Listing.objects.taken_off().filter(trainer=trainer).exists():
            raise Refusal(TAKEN_OFF, code="taken_off")
        listing = Listing.objects.select_for_update().listed().filter(trainer=trainer).first()
        facts = {"city": city, "city_key": city_key_of(city)}
        if listing is None:
            listing = Listing.objects.create(trainer=trainer, listed_at=at, **facts)
            record_history(listing, "listed", trainer=trainer, by=by, at=at, change=("", listing.state))
        elif listing.city != city or set(listing.topics.values_list("pk", flat=True)) != chosen:
            listing.city, listing.city_key = facts["city"], facts["city_key"]
            listing.save(update_fields=["city", "city_key"])
            record_history(listing, "changed", trainer=trainer, by=by, at=at)
        listing.topics.set(chosen)
        return listing


def withdraw_listing(trainer: Trainer, *, by: Trainer | None, at: datetime) -> None:
    """Take a trainer out of the directory: at their wish, or, with `by` another person or None, because
    their account ends. Idempotent.
    """
    with transaction.atomic():
        Trainer.objects.select_for_update(no_key=True).get(pk=trainer.pk)
        listed = Listing.objects.select_for_update().listed().filter(trainer=trainer)
        for listing in listed:
            move(listing, Listing.State.LEFT, "left", trainer=trainer, by=by, at=at)


def clear_listings(trainer: Trainer) -> None:
    """Delete the topics that a person whose data is erased had chosen in the directory; the erasure
    empties their city with the other columns. Idempotent. Only inside a transaction.
    """
    Listing.topics.through.objects.filter(listing__trainer=trainer).delete()
