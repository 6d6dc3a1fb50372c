"""Queue the mails about an account, which allauth asks for. What they say is in
`trainers/notices.py`.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress

from core.history import subject_of
from outbox.models import Notice
from outbox.notices import queue_notice
from trainers.models import Trainer
from trainers.notice_codes import CHANGE, CHANGE_MAILS, CODE, CODE_MAILS


def queue_account_mail(
    template_prefix: str, email: str, context: Mapping[str, Any], *, at: datetime
) -> Notice | None:
    """Queue the mail that allauth calls `account/email/<name>` to `email`; None when nobody has
    that address.

    Raises KeyError for a mail that `trainers/notices.py` does not word.
    """
    name = template_prefix.rpartition("/")[2]
    trainer = context.get("user") or _owner_of(email)
    if trainer is None:
        return None
    private = name in CODE_MAILS
    if not private and name not in CHANGE_MAILS:
        raise KeyError(name)
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


def _owner_of(email: str) -> Trainer | None:
    address = (
        EmailAddress.objects.filter(email__iexact=email).select_related("user").order_by("-verified").first()
    )
    return address.user if address else Trainer.objects.filter(email=email.lower()).first()
