"""A trainer lets an employer see their certification, and ends that; nobody else gives consent."""

from datetime import datetime

from django.db import transaction

from core.errors import Refusal, require_self
from core.history import record_history, subject_of
from core.transitions import move
from employers.models import Consent, Employer, EmployerPerson
from employers.notice_codes import CONSENT_ENDED
from outbox.notices import queue_notice
from trainers.models import Credential, Trainer

CLOSED = "The employer’s account was closed."
LINK_ENDED = "This link has ended. Ask your employer for a new one."


def give_consent(employer: Employer, *, link: int, by: Trainer, at: datetime) -> Consent:
    """Let an employer see the name, the certifications and the days of `by`, who followed the
    employer's link number `link`. Idempotent. Raises Refusal when a newer link took its place or
    the employer is closed, and for whoever has no certification.
    """
    with transaction.atomic():
        trainer = _lock_person(by)
        employer = Employer.objects.select_for_update().get(pk=employer.pk)
        if employer.state != Employer.State.OPEN or employer.links_made != link:
            raise Refusal(LINK_ENDED, code="ended")
        if not trainer.is_active or not Credential.objects.known().filter(trainer=trainer).exists():
            raise Refusal("Only somebody with a certification can do this.", code="not_allowed")
        standing = Consent.objects.standing().filter(employer=employer, trainer=trainer).first()
        if standing:
            return standing
        consent = Consent.objects.create(employer=employer, trainer=trainer, given_at=at)
        record_history(consent, "given", trainer=trainer, by=by, at=at, change=("", consent.state))
        return consent


def end_consent(consent: Consent, *, by: Trainer, at: datetime) -> Consent:
    """End a consent, as the trainer who gave it; the employer's people are told. Idempotent."""
    with transaction.atomic():
        trainer = _lock_person(Trainer(pk=consent.trainer_id))
        consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        require_self(by, consent.trainer_id)
        if consent.state == Consent.State.ENDED:
            return consent
        _tell_employer(consent, at=at)
        return move(consent, Consent.State.ENDED, "ended", trainer=trainer, by=by, at=at)


def end_consents_of(
    trainer: Trainer, *, by: Trainer | None, at: datetime, to_others_of: Trainer | None = None
) -> int:
    """End every consent of a trainer whose account ends; return how many.

    `to_others_of` is the account that theirs becomes part of. Then only consents to employers that
    this account has a consent to as well are ended, without a mail; that account's own go on.

    Only inside a transaction, with the trainer locked.
    """
    standing = Consent.objects.select_for_update(of=("self",)).standing().filter(trainer=trainer)
    if to_others_of is not None:
        kept = Consent.objects.standing().filter(trainer=to_others_of)
        standing = standing.filter(employer__in=kept.values("employer"))
    ended = list(standing.order_by("pk"))
    for consent in ended:
        if to_others_of is None:
            _tell_employer(consent, at=at)
        move(consent, Consent.State.ENDED, "ended", trainer=trainer, by=by, at=at)
    return len(ended)


def _tell_employer(consent: Consent, *, at: datetime) -> None:
    """Queue the mail to each person of the employer. It is private: a copy of it would keep the
    trainer's name.
    """
    roles = EmployerPerson.objects.active().filter(employer=consent.employer_id)
    for role in roles.select_related("person").order_by("pk"):
        queue_notice(
            CONSENT_ENDED,
            subject=subject_of(consent),
            event=f"role:{role.pk}",
            trainer=role.person,
            send_at=at,
            private=True,
        )


def _lock_person(person: Trainer) -> Trainer:
    return Trainer.objects.select_for_update(no_key=True).get(pk=person.pk)
