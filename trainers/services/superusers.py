"""Superusers, who may do everything: another superuser appoints and removes them, and one always
remains.
"""

from datetime import datetime

from django.db import transaction

from core.errors import Refusal
from core.history import record_history
from core.models import LONGEST_REASON
from core.transitions import check_words
from trainers.models import Trainer

LAST_ONE = "The last superuser cannot be unmade. Make another one first."


def require_another_superuser(person: Trainer) -> None:
    """Raise Refusal when nobody but `person` is a superuser who can sign in.

    Locks every superuser in the order of their primary keys: of two who remove each other at once,
    one is refused.
    """
    able = Trainer.objects.select_for_update().filter(is_superuser=True, is_active=True, is_staff=True)
    left = [one.pk for one in able.order_by("pk")]
    if left == [person.pk]:
        raise Refusal(LAST_ONE, code="last_superuser")


def make_superuser(person: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Make a colleague a superuser. Idempotent. Raises Refusal unless `by` is another person and a
    superuser.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        person = _lock(person, by)
        if person.is_superuser:
            return person
        if not (person.is_staff and person.is_active):
            raise Refusal("They do not work here. Invite them first.", code="not_here")
        return _set_superuser(person, True, "superuser_made", by=by, at=at, reason=reason)


def unmake_superuser(person: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Remove a superuser's rights, so that only those of their role remain. Idempotent. Raises
    Refusal for the last superuser.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        require_another_superuser(person)
        person = _lock(person, by)
        if not person.is_superuser:
            return person
        return _set_superuser(person, False, "superuser_unmade", by=by, at=at, reason=reason)


def _set_superuser(
    person: Trainer, wanted: bool, verb: str, *, by: Trainer | None, at: datetime, reason: str
) -> Trainer:
    person.is_superuser = wanted
    person.save(update_fields=["is_superuser"])
    record_history(person, verb, trainer=person, by=by, at=at, reason=reason)
    return person


def _lock(person: Trainer, by: Trainer | None) -> Trainer:
    if by is None or not Trainer.objects.filter(pk=by.pk, is_superuser=True, is_active=True).exists():
        raise Refusal("Only a superuser may do this.", code="not_allowed")
    if by.pk == person.pk:
        raise Refusal("Another superuser must decide about you.", code="own_case")
    return Trainer.objects.select_for_update().get(pk=person.pk)
