"""Annotate a list of cases with the decisions about them, without a query for each row."""

from datetime import datetime
from typing import TypeVar

from django.db import models

from cases.decisions import PendingDecision
from cases.protocols import DecidedCase

CaseRow = TypeVar("CaseRow", bound=models.Model)


def with_decisions(
    cases: "models.QuerySet[CaseRow]", decisions: "models.QuerySet[models.Model]"
) -> "models.QuerySet[CaseRow]":
    """Return `cases` annotated with `pending_until` and `decider`. Adds no query.

    `pending_until` is when the pending decision takes effect; `decider` is the name of the author
    of the newest decision that was not taken back. `decisions` is a queryset filtered by
    OuterRef("pk").
    """
    state = PendingDecision.State
    pending = decisions.filter(state=state.PENDING).order_by().values("effective_at")
    stands = decisions.exclude(state=state.TAKEN_BACK).order_by("-decided_at", "-pk")
    return cases.annotate(  # type: ignore[return-value]  # the stubs lose the model of a type variable
        pending_until=models.Subquery(pending[:1]), decider=models.Subquery(stands.values("by__name")[:1])
    )


def pending_until(case: DecidedCase) -> datetime | None:
    """Return when the pending decision about a case takes effect; None without one. The case must
    come from `with_decisions`.
    """
    found: datetime | None = vars(case)["pending_until"]
    return found


def decider_name(case: DecidedCase) -> str:
    """Return who last decided about a case; "" while nobody has. The case must come from `with_decisions`."""
    return vars(case)["decider"] or ""
