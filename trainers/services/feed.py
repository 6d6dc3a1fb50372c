"""Services for a trainer's private calendar feed: make it, change its URL, remove it."""

import secrets
from datetime import datetime

from django.db import transaction

from core.history import record_history
from trainers.models import Trainer

NONCE_BYTES = 24  # 32 characters


def make_feed(trainer: Trainer, *, by: Trainer | None, at: datetime) -> Trainer:
    """Give the trainer a feed. Idempotent: an existing feed keeps its URL."""
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        return trainer if trainer.feed_nonce else _set(trainer, _new_nonce(), "feed_made", by=by, at=at)


def replace_feed(trainer: Trainer, *, by: Trainer | None, at: datetime) -> Trainer:
    """Give the feed a new URL; the former one answers 404 from now on."""
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        return _set(trainer, _new_nonce(), "feed_replaced", by=by, at=at)


def remove_feed(trainer: Trainer, *, by: Trainer | None, at: datetime) -> Trainer:
    """Remove the feed; its URL answers 404 from now on."""
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        return _set(trainer, "", "feed_removed", by=by, at=at) if trainer.feed_nonce else trainer


def _set(trainer: Trainer, nonce: str, verb: str, *, by: Trainer | None, at: datetime) -> Trainer:
    """Save the nonce in the URL of the trainer's calendar feed. History records that it changed, never the URL."""
    trainer.feed_nonce = nonce
    trainer.save(update_fields=["feed_nonce"])
    record_history(trainer, verb, trainer=trainer, by=by, at=at)
    return trainer


def _new_nonce() -> str:
    return secrets.token_urlsafe(NONCE_BYTES)
