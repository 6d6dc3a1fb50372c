"""Staff send a message again: a failed message itself, or a copy of one that was sent but did not arrive."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from core.errors import Refusal
from core.history import record_history, subject_of
from core.people import Person
from core.transitions import move
from outbox.models import Notice
from outbox.notices import Batch, NoticeKind, notice_kinds, queue_notice, register_kind
from outbox.recipients import is_unwanted

State = Notice.State


def send_again(notice: Notice, *, by: Person, at: datetime) -> Notice:
    """Queue a failed message again, to the trainer's present address; idempotent while it waits.

    Raises Refusal for a message that did not fail, and for one whose text was erased because it
    contained a code.
    """
    with transaction.atomic():
        notice = _lock_notice(notice, by)
        if notice.state == State.DUE:
            return notice
        if notice.state != State.FAILED or notice.private:
            raise Refusal("Only a message that failed and held no code can be sent again.", code="not_failed")
        notice.send_at, notice.attempts, notice.retry_at, notice.last_error = at, 0, None, ""
        notice.to_address = _own_address(notice)
        move(notice, State.DUE, "sent_again", trainer=notice.trainer, by=by, at=at)
    return notice


def address_of(notice: Notice) -> str:
    """Return the address to which a failed message is sent again."""
    return _own_address(notice) or notice.trainer.email


def send_copy(notice: Notice, *, by: Person, at: datetime) -> Notice:
    """Queue a copy of a sent message to the trainer's present address; idempotent while a copy
    waits.

    Raises Refusal for a message that was not sent, for one whose text was erased because it
    contained a code, and for an optional one to a person who has switched them off.
    """
    with transaction.atomic():
        notice = _lock_notice(notice, by)
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


def copy_context(original: Notice) -> dict[str, object]:
    """Return what the templates of a copy need."""
    return {"original": original}


def _lock_notice(notice: Notice, by: Person) -> Notice:
    """Return the notice read again under lock. Raises Refusal for a person who may not send
    messages again.
    """
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if by is None or not by.has_perm("outbox.change_notice"):
        raise Refusal("You may not send messages again.", code="not_allowed")
    return notice


def _own_address(notice: Notice) -> str:
    """Return the address that the notice was queued for; empty when it goes to the trainer's
    address.
    """
    addressed = {one.kind for one in notice_kinds() if one.addressed}
    return notice.to_address if notice.kind in addressed else ""


def _copy_contexts(batch: Batch) -> Mapping[int, Mapping[str, object]]:
    originals = Notice.objects.in_bulk({notice.payload["of"] for notice in batch})
    return {notice.pk: copy_context(originals[notice.payload["of"]]) for notice in batch}


COPY = register_kind(
    NoticeKind(
        "trainers.copy",
        "Copy of a message",
        "copy",
        contexts=_copy_contexts,
    )
)
