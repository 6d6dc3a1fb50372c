"""How staff send a message once more that was sent and did not arrive: a copy with the same words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from core.errors import Refusal
from core.history import record_history, subject_of
from outbox.models import Notice
from outbox.notices import Batch, NoticeKind, queue_notice, register_kind
from outbox.recipients import is_unwanted

State = Notice.State


def send_copy(notice: Notice, *, by: Any, at: datetime) -> Notice:
    """Queue a copy of a sent message to the trainer's address of today; idempotent while a copy waits.

    Raises Refusal for a message that was not sent, for one whose text was erased because it contained a code,
    and for an optional one to a person who has switched them off.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        if by is None or not by.has_perm("outbox.change_notice"):
            raise Refusal("You may not send messages again.", code="not_allowed")
        if notice.state != State.SENT or notice.private or notice.kind == COPY.kind:
            raise Refusal("Only a message that was sent and held no code can be sent again.", code="not_sent")
        if is_unwanted(notice):
            raise Refusal("They have switched optional reminders off.", code="not_wanted")
        copies = Notice.objects.filter(kind=COPY.kind, subject=subject_of(notice))
        waiting = copies.unsent().first()
        if waiting:
            return waiting
        copy = queue_notice(
            COPY,
            subject=subject_of(notice),
            event=str(copies.count() + 1),
            trainer=notice.trainer,
            send_at=at,
            payload={"of": notice.pk},
        )
        record_history(notice, "sent_again", trainer=notice.trainer, by=by, at=at)
        return copy


def copy_context(original: Notice) -> dict[str, Any]:
    """Return what the templates of a copy need."""
    return {"original": original}


def _contexts(batch: Batch) -> Mapping[int, Mapping[str, Any]]:
    originals = Notice.objects.in_bulk({notice.payload["of"] for notice in batch})
    return {notice.pk: copy_context(originals[notice.payload["of"]]) for notice in batch}


COPY = register_kind(
    NoticeKind(
        "trainers.copy",
        "Copy of a message",
        "copy",
        still_due=lambda batch: {notice.pk for notice in batch},
        contexts=_contexts,
    )
)
