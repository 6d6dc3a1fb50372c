"""Claim records for a cycle at submission, and release them when the application ends without
approval (Q9).
"""

from collections.abc import Iterable
from datetime import datetime

from ceus.models import CeuRecord
from core.errors import Refusal
from core.history import record_history
from trainers.models import Cycle, Trainer


def claim_records(cycle: Cycle, *, ids: Iterable[str | int], by: Trainer | None, at: datetime) -> int:
    """Claim the records for `cycle`; return how many were not claimed before.

    The caller opens the transaction and has locked the credential. Raises Refusal when a record is
    removed or claimed for another cycle (invariant 13).
    """
    wanted = {int(pk) for pk in ids}
    records = CeuRecord.objects.select_for_update().for_cycle(cycle).filter(pk__in=wanted)
    if {record.pk for record in records} != wanted:
        raise Refusal("Your courses have changed meanwhile. Check them again.", code="records_changed")
    claimed = CeuRecord.objects.filter(pk__in=wanted, claimed_for__isnull=True).update(claimed_for=cycle)
    if claimed:
        record_history(
            cycle,
            "records claimed",
            trainer=cycle.credential.trainer,
            by=by,
            at=at,
            detail={"records": sorted(wanted)},
        )
    return claimed


def release_records(cycle: Cycle, *, by: Trainer | None, at: datetime) -> int:
    """Release every record claimed for `cycle`; return how many. The caller opens the
    transaction.
    """
    held = list(CeuRecord.objects.filter(claimed_for=cycle).order_by("pk").values_list("pk", flat=True))
    if held:
        CeuRecord.objects.filter(pk__in=held).update(claimed_for=None)
        record_history(
            cycle,
            "records released",
            trainer=cycle.credential.trainer,
            by=by,
            at=at,
            detail={"records": held},
        )
    return len(held)
