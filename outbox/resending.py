"""What staff may do to a message: send one again that could not be delivered."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.errors import Refusal
from core.transitions import move
from outbox.models import Notice
from outbox.notices import notice_kinds

State = Notice.State


def send_again(notice: Notice, *, by: Any, at: datetime) -> Notice:
    """Put a failed message back into the outbox, to the trainer's address of today. Waiting there already → unchanged.

    Raises Refusal for one that did not fail, and for one whose text was erased because it held a code.
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
    """Where a failed message goes when it is sent again."""
    return _own_address(notice) or notice.trainer.email


def _own_address(notice: Notice) -> str:
    """Empty unless it belongs to one address: what the row says is else only where it was tried last."""
    addressed = {one.kind for one in notice_kinds() if one.addressed}
    return notice.to_address if notice.kind in addressed else ""
