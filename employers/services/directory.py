"""What staff do about entries of the public directory: take one off, empty its city, allow a new one. The
trainer gets a mail with the reason.
"""

from datetime import datetime

from django.db import transaction

from core.errors import Refusal
from core.history import record_history, subject_of
from core.models import LONGEST_REASON
from core.transitions import check_step, check_words, move
from employers.models import Listing
from employers.notice_codes import ENTRY
from employers.services.people import LEADS
from outbox.notices import queue_notice
from trainers.models import Trainer

NOT_ALLOWED = "Only a registrar or a lead may do this."
OWN_ENTRY = "This is your own entry. Somebody else must decide it."
NO_CITY = "This entry has no city."
State = Listing.State


def take_off_listing(listing: Listing, *, by: Trainer, at: datetime, words: str) -> Listing:
    """Take an entry off the directory. The trainer makes no new one until staff allow it. Idempotent.
    Raises Refusal for an entry that has ended, and for people who may not do it.
    """
    return _move(listing, State.REMOVED, "taken off", by=by, at=at, words=words)


def reinstate_listing(listing: Listing, *, by: Trainer, at: datetime, words: str) -> Listing:
    """Let a trainer whose entry was taken off make a new one. Idempotent. Raises Refusal for an entry that
    was not taken off, and for people who may not do it.
    """
    return _move(listing, State.LEFT, "allowed again", by=by, at=at, words=words)


def empty_listed_city(listing: Listing, *, by: Trainer, at: datetime, words: str) -> Listing:
    """Empty the city of an entry, which stays. Raises Refusal for an entry that has ended or has no city, and
    for people who may not do it.
    """
    with transaction.atomic():
        listing, words = _lock(listing, by, words)
        if listing.state != State.LISTED or not listing.city:
            raise Refusal(NO_CITY, code="out_of_order")
        listing.city = listing.city_key = ""
        listing.save(update_fields=["city", "city_key"])
        record_history(listing, "city emptied", trainer=listing.trainer, by=by, at=at, reason=words)
        _tell(listing, "city", words, at)
    return listing


def _move(listing: Listing, state: str, verb: str, *, by: Trainer, at: datetime, words: str) -> Listing:
    with transaction.atomic():
        listing, words = _lock(listing, by, words)
        if listing.state == state:
            return listing
        if state == State.LEFT and listing.state == State.LISTED:  # a step that only its trainer takes
            raise Refusal("This entry is in the directory.", code="out_of_order")
        check_step(listing, state, verb)
        move(listing, state, verb, trainer=listing.trainer, by=by, at=at, reason=words)
        _tell(listing, listing.state, words, at)
    return listing


def _lock(listing: Listing, by: Trainer, words: str) -> tuple[Listing, str]:
    """Return the entry, locked after its trainer, and the words. Raises Refusal unless `by` may decide it."""
    if not by.has_perm(LEADS):
        raise Refusal(NOT_ALLOWED, code="not_allowed")
    if by.pk == listing.trainer_id:
        raise Refusal(OWN_ENTRY, code="own_case")
    words = check_words(words, field="words", mailed=True, longest=LONGEST_REASON)
    Trainer.objects.select_for_update(no_key=True).get(pk=listing.trainer_id)
    rows = Listing.objects.select_for_update(of=("self",)).select_related("trainer")
    return rows.get(pk=listing.pk), words


def _tell(listing: Listing, what: str, words: str, at: datetime) -> None:
    queue_notice(
        ENTRY,
        subject=subject_of(listing),
        event=f"{what} {at.isoformat()}",
        trainer=listing.trainer,
        send_at=at,
        payload={"what": what, "words": words},
    )
