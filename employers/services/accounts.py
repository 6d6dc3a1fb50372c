"""An employer's account: added, renamed and closed by staff; its people replace the link."""

from datetime import datetime

from django.db import IntegrityError, transaction

from api.services import revoke_key
from core.errors import Refusal
from core.history import record_history
from core.models import LONGEST_REASON
from core.transitions import check_words, move
from employers.models import Consent, Employer, EmployerPerson
from employers.models.employer import LONGEST_NAME
from employers.services.consenting import CLOSED
from employers.services.people import VIEWER, end_employer_role
from trainers.models import Trainer

SAME_NAME = "There is an employer of this name already."


def add_employer(*, name: str, by: Trainer | None, at: datetime) -> Employer:
    """Add an employer. Raises Refusal without a name, and for a name that another employer has."""
    who = VIEWER.require_lead(by)
    name = check_words(name, field="name", what="the name", longest=LONGEST_NAME)
    with transaction.atomic():
        try:
            with transaction.atomic():
                employer = Employer.objects.create(name=name, made_at=at)
        except IntegrityError:
            raise Refusal(SAME_NAME, code="same_name", field="name") from None
        record_history(employer, "added", trainer=None, by=who, at=at, change=("", employer.state))
    return employer


def rename_employer(employer: Employer, *, name: str, by: Trainer | None, at: datetime) -> Employer:
    """Give an employer another name. Idempotent. Raises Refusal without a name, and for a name that
    another employer has.
    """
    who = VIEWER.require_lead(by)
    name = check_words(name, field="name", what="the name", longest=LONGEST_NAME)
    with transaction.atomic():
        employer = _lock_employer(employer)
        was = employer.name
        if was == name:
            return employer
        employer.name = name
        try:
            with transaction.atomic():
                employer.save(update_fields=["name"])
        except IntegrityError:
            raise Refusal(SAME_NAME, code="same_name", field="name") from None
        record_history(employer, "renamed", trainer=None, by=who, at=at, detail={"name": [was, name]})
    return employer


def close_employer(employer: Employer, *, by: Trainer | None, at: datetime, reason: str) -> Employer:
    """Close an employer: its people, its keys and the consents to it end. Idempotent."""
    who = VIEWER.require_lead(by)
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        trainers = Trainer.objects.select_for_update(
            no_key=True
        )  # before the rest, as in every other service
        list(trainers.filter(pk__in=employer.consents.standing().values("trainer")).order_by("pk"))
        employer = _lock_employer(employer)
        if employer.state == Employer.State.CLOSED:
            return employer
        for role in employer.people.open().order_by("pk"):
            end_employer_role(role, by=who, at=at, reason=reason)
        for key in employer.api_keys.working(at).order_by("pk"):
            revoke_key(key, by=who, at=at)
        standing = Consent.objects.select_for_update(of=("self",)).standing().filter(employer=employer)
        for consent in standing.select_related("trainer").order_by("pk"):
            move(consent, Consent.State.ENDED, "ended", trainer=consent.trainer, by=who, at=at, reason=CLOSED)
        return move(employer, Employer.State.CLOSED, "closed", trainer=None, by=who, at=at, reason=reason)


def replace_consent_link(employer: Employer, *, by: Trainer, at: datetime, seen: int) -> Employer:
    """Make a new link for trainers; the one before, number `seen`, works no more. Idempotent for one
    `seen`. Raises Refusal unless `by` has an active role at the employer.
    """
    if not EmployerPerson.objects.active().filter(person=by, employer=employer).exists():
        raise Refusal("Only people of this employer may do this.", code="not_allowed")
    with transaction.atomic():
        employer = _lock_employer(employer)
        if employer.links_made == seen:
            employer.links_made += 1
            employer.save(update_fields=["links_made"])
            record_history(employer, "link replaced", trainer=None, by=by, at=at)
    return employer


def _lock_employer(employer: Employer) -> Employer:
    return Employer.objects.select_for_update().get(pk=employer.pk)
