"""A colleague's lost second factor, reset by two people: one asks, another confirms."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.history import record_history
from core.models import LONGEST_REASON
from core.transitions import check_step, check_words, move
from trainers.models import FactorReset, Trainer
from trainers.services.account_notices import queue_account_mail
from trainers.services.people import LEADS
from trainers.services.sessions import end_sessions

State = FactorReset.State
SAME_PERSON = "You asked for this reset. Somebody else must confirm it."


def ask_for_reset(person: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> FactorReset:
    """Ask that a colleague's second factor be removed. Raises Refusal unless `by` is another person
    who may lead this one.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        person = Trainer.objects.select_for_update().get(pk=person.pk)
        who = _leader(person, by)
        if not person.is_staff:
            raise Refusal("They do not work here.", code="not_here")
        try:
            with transaction.atomic():
                reset = FactorReset.objects.create(person=person, asked_by=who, asked_at=at)
        except IntegrityError:
            raise Refusal(
                "A reset is asked for already. A second person must confirm it.", code="asked"
            ) from None
        record_history(
            reset, "reset_asked", trainer=person, by=by, at=at, change=("", State.ASKED), reason=reason
        )
    return reset


def confirm_reset(reset: FactorReset, *, by: Trainer | None, at: datetime) -> FactorReset:
    """Remove every second factor of the person, end their sessions, and mail them. Idempotent.

    Raises Refusal for the person who asked for it, and for the colleague themselves.
    """
    with transaction.atomic():
        reset, person = _lock(reset)
        who = _leader(person, by)
        if reset.state == State.CONFIRMED:
            return reset
        if reset.asked_by_id == who.pk:
            raise Refusal(SAME_PERSON, code="same_person")
        check_step(reset, State.CONFIRMED, "confirmed")
        reset.confirmed_by = who
        move(reset, State.CONFIRMED, "reset_confirmed", trainer=person, by=by, at=at)
        Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
        queue_account_mail("second_factor_reset", person.email, {"user": person}, at=at)
    return reset


def drop_reset(reset: FactorReset, *, by: Trainer | None, at: datetime) -> FactorReset:
    """End a reset that nobody confirmed, because the colleague has found the second factor. Idempotent."""
    with transaction.atomic():
        reset, person = _lock(reset)
        _leader(person, by)
        if reset.state == State.DROPPED:
            return reset
        check_step(reset, State.DROPPED, "dropped")
        return move(reset, State.DROPPED, "reset_dropped", trainer=person, by=by, at=at)


def _leader(person: Trainer, by: Trainer | None) -> Trainer:
    if by is None or not by.has_perm(LEADS):
        raise Refusal("Only a lead may do this.", code="not_allowed")
    if by.pk == person.pk:
        raise Refusal("Two others must reset your second factor.", code="own_case")
    return by


def _lock(reset: FactorReset) -> tuple[FactorReset, Trainer]:
    person = Trainer.objects.select_for_update().get(pk=reset.person_id)
    locked = FactorReset.objects.select_for_update(of=("self",)).get(pk=reset.pk)
    locked.person = person
    return locked, person
