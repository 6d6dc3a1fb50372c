"""Whether a trainer's address accepts mail. It is marked as undeliverable when a server refuses it
for good, until a code or a message sent to it arrives.
"""

from datetime import datetime

from django.db import transaction

from core.history import record_history, subject_of
from core.models import HistoryEntry
from outbox.models import Notice
from trainers.models import Trainer
from trainers.models.person import normalise_email

MARKED, UNMARKED = "mail_refused", "mail_accepted"


def mark_address(trainer: Trainer, *, address: str, words: str, at: datetime) -> Trainer:
    """Mark an address as undeliverable since `at`, with the mail server's `words`, which staff and
    the trainer read. Idempotent.

    Nothing is marked when the trainer has another address now, or when the address was verified
    after `at`: reports can arrive late. Mail is still sent to a marked address, because a mailbox
    may be full for a day only.
    """
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        if trainer.mail_trouble_at or normalise_email(address) != trainer.email or _proved(trainer, at):
            return trainer
        trainer.mail_trouble_at, trainer.mail_trouble = at, words[:300]
        trainer.save(update_fields=["mail_trouble_at", "mail_trouble"])
        detail = {"address": trainer.email, "words": trainer.mail_trouble}
        record_history(trainer, MARKED, trainer=trainer, by=None, at=at, detail=detail)
    return trainer


def unmark_address(trainer: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Remove the mark "undeliverable" from an address that was replaced or accepts mail again.
    Idempotent.
    """
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        if trainer.mail_trouble_at is None:
            return trainer
        trainer.mail_trouble_at, trainer.mail_trouble = None, ""
        trainer.save(update_fields=["mail_trouble_at", "mail_trouble"])
        record_history(trainer, UNMARKED, trainer=trainer, by=by, at=at, reason=reason)
    return trainer


def unmark_if_sent_again(notice: Notice, *, address: str, at: datetime) -> None:
    """Remove the mark "undeliverable" from an address that accepts a message which staff sent again
    after the address was marked.

    Acceptance of any other message proves nothing: a relay accepts everything and may bounce it
    later.
    """
    trainer = notice.trainer
    if trainer.mail_trouble_at is None or normalise_email(address) != trainer.email:
        return
    told = HistoryEntry.objects.filter(subject=subject_of(notice), verb="sent_again")
    if told.filter(at__gte=trainer.mail_trouble_at).exists():
        unmark_address(trainer, by=None, at=at, reason="A message that was sent again was accepted")


def _proved(trainer: Trainer, at: datetime) -> bool:
    mine = HistoryEntry.objects.filter(subject=subject_of(trainer), verb=UNMARKED)
    return mine.filter(at__gt=at).exists()
