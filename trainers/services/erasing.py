"""Erasure of a person's data (Q33): confirmed by the person or by two leads, announced by a last
mail, carried out by `erase_trainer`.

When it is confirmed, the certification ends and nobody can sign in to the account. A sweep empties
the rows after the last mail was sent, and continues wherever it was interrupted.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from core.erasing import clear_the_rest, empty_rows
from core.errors import Refusal, require_self
from core.faults import faultpoint
from core.history import record_history, subject_of
from core.models import Erasure
from core.personal_data import end_before_erasure, open_things
from core.transitions import check_words, move
from outbox.models import Notice
from outbox.notices import queue_notice, supersede_all
from trainers.models import Credential, Trainer
from trainers.notice_codes import ERASED
from trainers.services.people import withdraw_invitations_of
from trainers.services.sessions import end_sessions

LAST_MAIL_WAITS = timedelta(days=1)  # how long the last mail may wait; then the data is erased without it
LONGEST_REASON = 2000
GENERAL = "Something about your certification is still being decided. Write to us."
ALREADY = "This is being erased already, or waits for a second person."
State = Erasure.State


def request_erasure(trainer: Trainer, *, by: Trainer, at: datetime) -> Erasure:
    """Confirm, as the person, the erasure of one's own data. Idempotent. Raises Refusal while
    something must end before it.
    """
    with transaction.atomic():
        trainer = _lock(trainer)
        require_self(by, trainer.pk)
        standing = Erasure.objects.filter(trainer=trainer).exclude(state=State.DROPPED).first()
        if standing and standing.state in Erasure.IN_FORCE:
            return standing
        erasure = standing or _create_erasure(trainer, by=by, at=at)
        if standing:  # a lead had proposed it: the person's own request is enough
            erasure.asked_by = by
        return _confirm(erasure, trainer, by=by, at=at)


def propose_erasure(trainer: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Erasure:
    """Propose, as a lead, to erase the data of a person who asked for it; a second lead confirms
    it.

    Raises Refusal when `by` has no right to erase, or when the reason is missing.
    """
    with transaction.atomic():
        trainer = _lock(trainer)
        check_may_erase(trainer, by)
        reason = check_words(reason, longest=LONGEST_REASON)
        return _create_erasure(trainer, by=by, at=at, reason=reason)


def agree_to_erasure(erasure: Erasure, *, by: Trainer | None, at: datetime) -> Erasure:
    """Confirm, as a second lead, an erasure that another lead proposed. Idempotent. Raises Refusal
    while something must end before it.
    """
    with transaction.atomic():
        erasure, trainer = _lock_erasure(erasure)
        who = check_may_erase(trainer, by)
        if erasure.state in Erasure.IN_FORCE:
            return erasure
        if erasure.asked_by_id == who.pk:
            raise Refusal("Another lead must confirm what you asked for.", code="same_person")
        return _confirm(erasure, trainer, by=who, at=at)


def drop_erasure(erasure: Erasure, *, by: Trainer | None, at: datetime, reason: str) -> Erasure:
    """End, as a lead, an erasure that is not confirmed yet. Idempotent.

    Raises Refusal when `by` has no right to erase, when the erasure is confirmed already, or when
    the reason is missing.
    """
    with transaction.atomic():
        erasure, trainer = _lock_erasure(erasure)
        check_may_erase(trainer, by)
        if erasure.state == State.DROPPED:
            return erasure
        reason = check_words(reason, longest=LONGEST_REASON)
        return move(erasure, State.DROPPED, "dropped", trainer=trainer, by=by, at=at, reason=reason)


def erase_trainer(erasure: Erasure, *, at: datetime) -> Erasure:
    """Empty every personal column about the person of a confirmed erasure, then delete the person's
    files. Idempotent: after an interruption the next call continues.

    Raises Refusal while something must end before the erasure.
    """
    if erasure.state == State.CONFIRMED:
        end_sessions(erasure.trainer)  # first: some are found by the address alone
    with transaction.atomic():
        erasure, trainer = _lock_erasure(erasure)
        if erasure.state not in Erasure.IN_FORCE:
            raise Refusal("This erasure is not confirmed.", code="not_confirmed")
        check_nothing_open(trainer)
        _empty(trainer, at=at)
    faultpoint("erasing.rows_emptied")
    clear_the_rest(trainer)
    faultpoint("erasing.rest_cleared")
    with transaction.atomic():
        erasure, _ = _lock_erasure(erasure)
        if erasure.state == State.ERASED:
            return erasure
        return move(erasure, State.ERASED, "erased", trainer=trainer, by=None, at=at)


def empty_what_came_late(erasure: Erasure, *, at: datetime) -> Erasure:
    """Empty what was written about a person after the erasure, such as a bounced mail or a message
    about a payment.
    """
    with transaction.atomic():
        erasure, trainer = _lock_erasure(erasure)
        if erasure.state == State.ERASED:
            _empty(trainer, at=at)
    return erasure


def _empty(trainer: Trainer, *, at: datetime) -> None:
    supersede_all(trainer, at=at)
    empty_rows(trainer, at=at)


def repeat_erasure(trainer: Trainer, *, at: datetime) -> Erasure:
    """Erase again, at once and without a mail, the data of an erased person that a restored backup
    contains. Idempotent.

    Raises Refusal while something must end before the erasure.
    """
    with transaction.atomic():
        trainer = _lock(trainer)
        found = Erasure.objects.filter(trainer=trainer).exclude(state=State.DROPPED).first()
        check_nothing_open(trainer)
        erasure = found or _create_erasure(trainer, by=None, at=at)
        if erasure.state == State.ASKED:
            _close(trainer, at=at)
            erasure.confirmed_at = at
            erasure = move(erasure, State.CONFIRMED, "confirmed", trainer=trainer, by=None, at=at)
    return erase_trainer(erasure, at=at)


def erasures_due(at: datetime) -> "QuerySet[Erasure]":
    """Return the confirmed erasures whose last mail was sent or failed, or has waited for a day."""
    waiting = Notice.objects.unsent().filter(kind=ERASED, trainer=OuterRef("trainer"))
    told = ~Exists(waiting) | Q(confirmed_at__lte=at - LAST_MAIL_WAITS)
    return Erasure.objects.filter(told, state=State.CONFIRMED).order_by("confirmed_at", "pk")


def check_nothing_open(trainer: Trainer) -> None:
    """Raise Refusal while something must end before an erasure; the sentence names the first such
    thing.
    """
    things = open_things(trainer)
    if things:
        raise Refusal(things[0].for_owner or GENERAL, code="open")


def check_may_erase(trainer: Trainer, by: Trainer | None) -> Trainer:
    """Return `by` when that is a lead other than the person. Raises Refusal for anybody else."""
    if by is None or not by.has_perm("core.erase_person"):
        raise Refusal("Only a lead may do this.", code="not_allowed")
    if by.pk == trainer.pk:
        raise Refusal("Ask for your own erasure on your account page.", code="own_case")
    return by


def _create_erasure(trainer: Trainer, *, by: Trainer | None, at: datetime, reason: str = "") -> Erasure:
    numbers = list(trainer.credentials.order_by("number").values_list("number", flat=True))
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(trainer=trainer, numbers=numbers, asked_by=by, asked_at=at)
    except IntegrityError:
        raise Refusal(ALREADY, code="asked") from None
    record_history(erasure, "asked", trainer=trainer, by=by, at=at, change=("", State.ASKED), reason=reason)
    return erasure


def _confirm(erasure: Erasure, trainer: Trainer, *, by: Trainer, at: datetime) -> Erasure:
    check_nothing_open(trainer)
    erasure.confirmed_by, erasure.confirmed_at = by, at
    move(erasure, State.CONFIRMED, "confirmed", trainer=trainer, by=by, at=at)
    _close(trainer, at=at)
    queue_notice(
        ERASED,
        subject=subject_of(erasure),
        event="confirmed",
        trainer=trainer,
        send_at=at,
        private=True,
        to_address=trainer.email,
    )
    return erasure


def _close(trainer: Trainer, *, at: datetime) -> None:
    """End the certification, an open invitation to work here, what every app ends before an erasure and
    every session, supersede unsent mails, and close the account.
    """
    for credential in trainer.credentials.exclude(state=Credential.State.ERASED).order_by("pk"):
        credential.state_on = clock.date_of(at, credential.policy.time_zone)
        move(credential, Credential.State.ERASED, "ended", trainer=trainer, by=None, at=at)
    trainer.is_active = False
    trainer.set_unusable_password()
    trainer.save(update_fields=["is_active", "password"])
    withdraw_invitations_of(trainer, by=None, at=at)
    end_before_erasure(trainer, by=None, at=at)
    supersede_all(trainer, at=at)
    end_sessions(trainer)


def _lock(trainer: Trainer) -> Trainer:
    """Return the person under lock; their credentials are locked first."""
    list(Credential.objects.select_for_update().filter(trainer=trainer).order_by("pk"))
    return Trainer.objects.select_for_update().get(pk=trainer.pk)


def _lock_erasure(erasure: Erasure) -> tuple[Erasure, Trainer]:
    trainer = _lock(Trainer(pk=erasure.trainer_id))
    locked = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    locked.trainer = trainer
    return locked, trainer
