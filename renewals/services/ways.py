"""Choose one of several ways to renew that a policy states (its `paths`), until the renewal is sent."""

from datetime import datetime

from django.db import transaction

from cases.reviewers import require_owner
from ceus.standing import facts_for
from core.clock import date_of
from core.errors import Refusal
from core.history import record_history
from renewals.circumstances import HELD
from renewals.models import Application
from renewals.services.moving import lock_renewal_of
from renewals.standing import check_may_apply
from rules.policy.families import Path
from rules.wide import open_paths
from trainers.models import Cycle, Trainer


def open_ways(cycle: Cycle, *, at: datetime) -> tuple[Path, ...]:
    """Return the ways to renew a cycle that are open to its owner at this moment."""
    policy = cycle.policy
    return open_paths(facts_for(cycle), date_of(at, policy.time_zone), policy)


def choose_way(cycle: Cycle, *, way: str, by: Trainer, at: datetime) -> Cycle:
    """Store the way by which the owner wants to renew the cycle: it decides the requirements and the
    price. Idempotent.

    Raises Refusal for a way that is not open, and once the renewal is sent.
    """
    with transaction.atomic():
        cycle, application = lock_renewal_of(cycle)
        require_owner(cycle, by)
        if cycle.path == way:
            return cycle
        if application and application.state != Application.State.DRAFT:
            raise Refusal(HELD, code="held")
        check_may_apply(cycle)
        chosen = next((one for one in open_ways(cycle, at=at) if one.code == way), None)
        if chosen is None:
            raise Refusal("This way is not open to you.", code="no_way")
        keep_way(cycle, way=way, by=by, at=at)
    return cycle


def keep_way(cycle: Cycle, *, way: str, by: Trainer, at: datetime) -> None:
    """Store the way with its history. The caller has locked the credential of the cycle."""
    before, cycle.path = cycle.path, way
    cycle.save(update_fields=["path"])
    trainer = cycle.credential.trainer
    record_history(cycle, "way_chosen", trainer=trainer, by=by, at=at, detail={"way": [before, way]})
