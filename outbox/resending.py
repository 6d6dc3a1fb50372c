"""How staff send a message again that could not be delivered."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.errors import Refusal
from core.transitions import move
from outbox.models import Notice
from outbox.notices import notice_kinds

State = Notice.State


def send_again(notice: Notice, *, by: Any, at: datetime) -> Notice:
    """Queue a failed message again, to the trainer's address of today; idempotent while it waits.

    Raises Refusal for one that did not fail, and for one whose text was erased because it contained a code.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        if by is None or not by.has_perm("outbox.change_notice"):
            raise Refusal("You may not send messages again.", code="not_allowed")
        if notice.state == State.DUE:
            return notice
        if notice.state != State.FAILED or notice.private:
            raise Refusal("Only a message that failed and held no code can be sent again.", code="not_failed")
        notice.send_at, notice.attempts, notice.retry_at, notice.last_error = at, 0, None, ""
        notice.to_address = _own_address(notice)
        move(notice, State.DUE, "sent_again", trainer=notice.trainer, by=by, at=at)
    return notice


def address_of(notice: Notice) -> str:
    """Return where a failed message goes when it is sent again."""
    return _own_address(notice) or notice.trainer.email


def _own_address(notice: Notice) -> str:
    """Return the address that the notice was queued for; empty when it goes to the trainer's
    address.
    """
    addressed = {one.kind for one in notice_kinds() if one.addressed}
    return notice.to_address if notice.kind in addressed else ""
