"""Staff view a trainer's pages as the trainer sees them, and the history records it."""

from datetime import datetime

from django.db import transaction

from core.errors import Refusal
from core.history import record_history
from core.models import LONGEST_REASON, Erasure, HistoryEntry
from core.transitions import check_words
from trainers.models import Trainer

DECIDES = (
    *("renewals.decide_application", "petitions.decide_petition", "audits.decide_audit"),
    "trainers.change_trainer",
)


def may_look(viewer: Trainer, person: Trainer, *, erased: bool | None = None) -> bool:
    """Return whether `viewer` may see the pages of `person` as `person` sees them.

    `viewer` must be staff who may see trainers, and who may decide about their cases or change
    their accounts. The pages of colleagues, of erased people and of `viewer` are shown to nobody.
    `erased` saves a query when the caller knows whether the person was erased; None asks.
    """
    if person.is_staff or person.is_superuser or person.pk == viewer.pk or not viewer.is_active:
        return False
    if not viewer.is_staff or not viewer.has_perm("trainers.view_trainer"):
        return False
    if not any(viewer.has_perm(one) for one in DECIDES):
        return False
    if erased is None:
        erased = Erasure.objects.filter(trainer=person, state__in=Erasure.IN_FORCE).exists()
    return not erased


def begin_looking(person: Trainer, *, by: Trainer, at: datetime, reason: str) -> HistoryEntry:
    """Record that `by` begins to view the pages of `person`, and why. Each beginning is one row of
    history.

    Raises Refusal when `by` may not view them, or gives no reason.
    """
    with transaction.atomic():
        person = Trainer.objects.select_for_update().get(pk=person.pk)
        if not may_look(by, person):
            raise Refusal("You may not see the pages of this person.", code="not_allowed")
        reason = check_words(reason, longest=LONGEST_REASON)
        return record_history(person, "looked at", trainer=person, by=by, at=at, reason=reason)
