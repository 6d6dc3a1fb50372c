"""Queue the mails about an account: those that allauth sends, and the one about a new name.
`trainers/notices.py` has their wording.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from core.history import subject_of
from core.models import HistoryEntry
from outbox.heartbeat import record_part
from outbox.models import Heartbeat, Notice
from outbox.notices import queue_notice
from trainers.models import Trainer
from trainers.notice_codes import CHANGE, CHANGE_MAILS, CODE, CODE_MAILS, NAME, UNKNOWN

NOBODY = "code for nobody"  # a row that is written instead of a mail


def queue_account_mail(
    template_prefix: str, email: str, context: Mapping[str, object], *, at: datetime
) -> Notice | None:
    """Queue the mail that allauth calls `account/email/<name>` to `email`; return None when no
    account has that address.

    Raises KeyError for a mail that has no wording in `trainers/notices.py`.
    """
    name = template_prefix.rpartition("/")[2]
    if name == UNKNOWN:
        _take_as_long(at=at)
        return None
    user = context.get("user")
    trainer = user if isinstance(user, Trainer) else _owner_of(email)
    if trainer is None:
        return None
    private = name in CODE_MAILS
    if not private and name not in CHANGE_MAILS:
        raise KeyError(name)
    with transaction.atomic():
        return queue_notice(
            CODE if private else CHANGE,
            subject=subject_of(trainer),
            event=f"{name}:{secrets.token_hex(8)}",
            trainer=trainer,
            send_at=at,
            payload={"mail": name, "code": context["code"]} if private else {"mail": name},
            private=private,
            to_address=email,
        )


def _take_as_long(*, at: datetime) -> None:
    """Take as long as it takes to queue a mail, without queuing one: the time of an answer must not
    reveal whether an account exists. The transaction is its own, because to take back a part of a
    larger one costs more.
    """
    with suppress(_TakenBack), transaction.atomic():
        if somebody := Trainer.objects.order_by("pk").first():
            event = f"nobody:{secrets.token_hex(8)}"
            queue_notice(CODE, subject=subject_of(somebody), event=event, trainer=somebody, send_at=at)
        raise _TakenBack
    if not Heartbeat.objects.filter(part=NOBODY).update(at=at):  # and something is committed, as a mail is
        record_part(NOBODY, at)


class _TakenBack(Exception):
    pass


def queue_name_mail(trainer: Trainer, entry: HistoryEntry, *, requested: bool = False) -> Notice:
    """Queue the mail to `trainer` about a change of name, with the old and the new name from the
    row of history (Q28).
    """
    before, after = entry.detail["name"]
    return queue_notice(
        NAME,
        subject=entry.subject,
        event=f"name:{entry.pk}",
        trainer=trainer,
        send_at=entry.at,
        payload={"before": before, "after": after, "requested": requested},
    )


def _owner_of(email: str) -> Trainer | None:
    address = (
        EmailAddress.objects.filter(email__iexact=email).select_related("user").order_by("-verified").first()
    )
    return address.user if address else Trainer.objects.filter(email=email.lower()).first()
