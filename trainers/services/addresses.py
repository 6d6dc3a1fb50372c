"""A change of address by staff: asked for with a reason, confirmed by a link in a mail to the new
address, announced by a mail to the old one. Nothing changes before the link is opened.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from core.constraints import require_value
from core.errors import Refusal
from core.history import record_history, subject_of
from core.transitions import check_words, move
from outbox.notices import queue_notice, supersede_notices
from trainers.email_addresses import keep_one_address
from trainers.models import EmailChange, Trainer
from trainers.models.email_change import LONGEST_REASON
from trainers.models.person import normalise_email
from trainers.notice_codes import ADDRESS
from trainers.services.account_notices import queue_account_mail
from trainers.services.accounts import EMAIL_TAKEN
from trainers.services.registrar import change_email, check_registrar

State = EmailChange.State
SALT = "trainers.new_address"
GOOD_FOR = timedelta(days=7)
OVER = "This link does not work any more. Write to us, and we send you another one."


def ask_email_change(
    trainer: Trainer, *, email: str, by: Trainer | None, at: datetime, reason: str
) -> EmailChange:
    """Ask, as a registrar, for a change of address: mail a link to the new address and a notice to
    the old one. Idempotent.

    Raises Refusal (field "email") for an address that another account has, and while another change
    waits.
    """
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        check_registrar(trainer, by)
        after = normalise_email(email)
        waiting = EmailChange.objects.waiting().filter(trainer=trainer).first()
        if waiting and waiting.after == after and at - waiting.asked_at < GOOD_FOR:
            return waiting
        if waiting:
            sentence = f"A change to {waiting.after} waits. Take that back first."
            raise Refusal(sentence, code="waiting", field="email")
        _check_free(after, trainer)
        reason = check_words(reason, field="reason", longest=LONGEST_REASON)
        change = EmailChange.objects.create(
            trainer=trainer,
            before=trainer.email,
            after=after,
            reason=reason,
            by=require_value(by),
            asked_at=at,
        )
        record_history(
            change, "asked", trainer=trainer, by=by, at=at, change=("", State.WAITING), reason=reason
        )
        _queue_link(change)
        queue_account_mail("email_change_asked", trainer.email, {"user": trainer}, at=at)
        return change


def confirm_email_change(change: EmailChange, *, at: datetime) -> EmailChange:
    """Change the address because somebody has opened the link mailed to the new one; mail a notice
    to the old one. Idempotent.

    Raises Refusal for a change that was taken back or whose link has expired, and when another
    account has that address meanwhile.
    """
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=change.trainer_id)
        change = _lock(change)
        if change.state == State.PROVED:
            return change
        if change.state != State.WAITING or at - change.asked_at >= GOOD_FOR:
            raise Refusal(OVER, code="over")
        if trainer.email != change.before:
            raise Refusal(OVER, code="over")
        try:
            trainer = change_email(trainer, email=change.after, by=change.by, at=at, reason=change.reason)
        except Refusal as refusal:
            raise Refusal(OVER, code=refusal.code) from refusal
        keep_one_address(trainer)
        return move(change, State.PROVED, "proved", trainer=trainer, by=None, at=at)


def drop_email_change(change: EmailChange, *, by: Trainer | None, at: datetime, reason: str) -> EmailChange:
    """Take back a change whose link was not opened yet; the link stops working. Idempotent."""
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=change.trainer_id)
        check_registrar(trainer, by)
        change = _lock(change)
        if change.state == State.DROPPED:
            return change
        reason = check_words(reason, field="reason", longest=LONGEST_REASON)
        supersede_notices(ADDRESS, subject=subject_of(change), at=at)
        return move(change, State.DROPPED, "dropped", trainer=trainer, by=by, at=at, reason=reason)


def change_behind(token: str) -> EmailChange | None:
    """Return the change that a link's token names; None for a token that we did not sign."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return EmailChange.objects.select_related("trainer").filter(pk=pk).first()


def token_for(change: EmailChange) -> str:
    """Return the token in the link. Until when it is valid is stored in the row of the change."""
    return str(signing.dumps(change.pk, salt=SALT))


def _check_free(email: str, trainer: Trainer) -> None:
    if email == trainer.email:
        raise Refusal("This is their address already.", code="same", field="email")
    if Trainer.objects.filter(email=email).exists():
        raise Refusal(EMAIL_TAKEN, code="email_taken", field="email")


def _lock(change: EmailChange) -> EmailChange:
    return EmailChange.objects.select_for_update(of=("self",)).select_related("by").get(pk=change.pk)


def _queue_link(change: EmailChange) -> None:
    queue_notice(
        ADDRESS,
        subject=subject_of(change),
        event="asked",
        trainer=change.trainer,
        send_at=change.asked_at,
        payload={"token": token_for(change)},
        private=True,
        to_address=change.after,
    )
