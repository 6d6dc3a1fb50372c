"""Locks for the steps of a case: the credential is locked first, then the case is locked and read
again.

A model of case declares `CREDENTIAL`, the path from its row to the credential (empty for what a
provider asks for, which is about no trainer), and `READ_WITH`, the relations that a step reads with
the row.
"""

from datetime import date, datetime
from typing import TypeVar, cast

from django.db import connection
from django.db.models import Model

from cases.protocols import Case
from core import clock
from trainers.models import Credential, Cycle

CaseRow = TypeVar("CaseRow", bound=Case)


def lock_credential(pk: int) -> Credential:
    """Return the credential under lock, with its trainer. Raises RuntimeError outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("rows are locked inside a transaction")
    return Credential.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=pk)


def lock_case(case: CaseRow) -> CaseRow:
    """Return a case read again under lock, with its credential and trainer. The credential is
    locked first, where the case has one.
    """
    rows = cast(type[Model], type(case))._default_manager
    locked_rows = rows.select_for_update(of=("self",)).select_related(*case.READ_WITH).order_by()
    if not case.CREDENTIAL:
        return cast(CaseRow, locked_rows.get(pk=case.pk))
    credential = lock_credential(rows.values_list(case.CREDENTIAL, flat=True).get(pk=case.pk))
    row = locked_rows.get(pk=case.pk)
    *way, last = case.CREDENTIAL.split("__")
    setattr(_follow(row, way), last, credential)
    return cast(CaseRow, row)


def lock_cycle(cycle: Cycle) -> Cycle:
    """Return a cycle read again, after locking its credential. The credential's lock protects the
    cycle too.
    """
    credential = lock_credential(cycle.credential_id)
    locked = Cycle.objects.get(pk=cycle.pk)
    locked.credential = credential
    return locked


def credential_of_case(case: object) -> Credential:
    """Return the credential of a case or of a cycle."""
    *way, last = getattr(case, "CREDENTIAL", "credential").split("__")
    credential: Credential = getattr(_follow(case, way), last)
    return credential


def _follow(row: object, way: list[str]) -> object:
    for step in way:
        row = getattr(row, step)
    return row


def day_of(at: datetime, case: object) -> date:
    """Return the date of the moment `at` in the zone of the case's policy (Q3)."""
    return clock.date_of(at, credential_of_case(case).policy.time_zone)
