"""Keep the cards that a policy asks to be current: add one with its picture, remove it, refuse it."""

from datetime import date, datetime

from django.db import transaction

from ceus.card_facts import kinds_asked_of
from ceus.models import HeldCard
from ceus.models.held_card import LONGEST_WORDS
from ceus.notice_codes import CARD_REFUSED
from core.errors import Refusal, require_self
from core.history import record_history, subject_of
from core.transitions import check_step, check_words, move
from documents.services import store_document
from documents.waiting import WaitingFile
from outbox.notices import queue_notice
from trainers.circumstances import why_facts_stay
from trainers.models import Credential, Cycle, Trainer

MAY_REFUSE = "ceus.correct_record"
LONGEST_YEARS = 50
State = HeldCard.State


def keep_card(
    credential: Credential,
    *,
    kind: str,
    format: str = "",
    valid_from: date,
    valid_through: date | None,
    certificate: WaitingFile,
    by: Trainer,
    at: datetime,
    today: date,
) -> HeldCard:
    """Keep a card of a kind that the policy knows, with a picture of it. Idempotent for the same file.

    Raises Refusal (field) for a kind or format that the policy does not know, and for days that
    cannot be. Nothing that was kept before changes: an older card still covers its own days.
    """
    require_self(by, credential.trainer_id)
    _check_kind(credential, kind, format)
    _check_days(valid_from, valid_through, today=today)
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=credential.trainer_id)
        document = store_document(certificate, owner=trainer, by=by, at=at)
        before = HeldCard.objects.filter(document=document).first()
        if before:
            return before
        card = HeldCard.objects.create(
            trainer=trainer,
            kind=kind,
            format=format,
            valid_from=valid_from,
            valid_through=valid_through,
            document=document,
            added_at=at,
        )
        record_history(card, "kept", trainer=trainer, by=by, at=at, change=("", State.KEPT))
    return card


def remove_card(card: HeldCard, *, by: Trainer, at: datetime) -> HeldCard:
    """Remove one's own card: the rules count it no more. Idempotent. Raises Refusal while a renewal
    is decided.
    """
    with transaction.atomic():
        card = _lock_card(card)
        require_self(by, card.trainer_id)
        if card.state == State.REMOVED:
            return card
        check_step(card, State.REMOVED, "removed")
        for credential in card.trainer.credentials.order_by("pk"):
            if why := why_facts_stay(credential):
                raise Refusal(why, code="held")
        card.ended_at = at
        return move(card, State.REMOVED, "removed", trainer=card.trainer, by=by, at=at)


def refuse_card(card: HeldCard, *, words: str, by: Trainer | None, at: datetime) -> HeldCard:
    """Decide, as staff, that a card does not count, with words that its trainer reads. Idempotent.

    Raises Refusal when `by` may not correct records, for one's own card, and without words.
    """
    with transaction.atomic():
        card = _lock_card(card)
        if by is None or not by.has_perm(MAY_REFUSE):
            raise Refusal("Only a lead or a registrar may do this.", code="not_allowed")
        if by.pk == card.trainer_id:
            raise Refusal("Somebody else must decide about your own card.", code="own_case")
        if card.state == State.REFUSED:
            return card
        check_step(card, State.REFUSED, "refused")
        card.words = check_words(words, field="words", what="the reason", longest=LONGEST_WORDS)
        card.ended_at = at
        queue_notice(
            CARD_REFUSED, subject=subject_of(card), event="refused", trainer=card.trainer, send_at=at
        )
        return move(card, State.REFUSED, "refused", trainer=card.trainer, by=by, at=at, reason=card.words)


def _check_kind(credential: Credential, kind: str, format: str) -> None:
    cycle = Cycle.objects.latest_of(credential)
    cycle.credential = credential
    known = {one.code: one for one in kinds_asked_of(cycle)}
    if kind not in known:
        raise Refusal("The rules ask for no such card.", code="no_kind", field="kind")
    formats = known[kind].formats
    if bool(formats) != bool(format) or (format and format not in formats):
        raise Refusal("Choose how its course was held.", code="no_format", field="format")


def _check_days(valid_from: date, valid_through: date | None, *, today: date) -> None:
    if valid_from > today:
        raise Refusal("Add the card once it is issued.", code="future", field="valid_from")
    if valid_from.year < today.year - LONGEST_YEARS:
        raise Refusal("Check the year.", code="long_ago", field="valid_from")
    if valid_through and valid_through < valid_from:
        raise Refusal("A card ends after it was issued.", code="order", field="valid_through")
    if valid_through and valid_through.year > today.year + LONGEST_YEARS:
        raise Refusal("Check the year.", code="far_off", field="valid_through")


def _lock_card(card: HeldCard) -> HeldCard:
    """Return the card under lock, after its trainer."""
    trainer = Trainer.objects.select_for_update().get(pk=card.trainer_id)
    card = HeldCard.objects.select_for_update(of=("self",)).get(pk=card.pk)
    card.trainer = trainer
    return card
