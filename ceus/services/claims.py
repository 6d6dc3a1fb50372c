"""Claim records for a cycle at submission, and release them when the application ends without
approval (Q9).
"""

from collections.abc import Iterable
from datetime import datetime

from ceus.models import CeuRecord
from ceus.services.evidence import move_record
from ceus.sharing import share_record, shared_ids
from core.errors import Refusal
from core.history import record_history
from trainers.models import Cycle, Trainer


def claim_records(cycle: Cycle, *, ids: Iterable[str | int], by: Trainer | None, at: datetime) -> int:
    """Claim the records for `cycle`; return how many were not claimed before.

    What was logged for another certification and counts for this one, too, gets a record of its own.
    The caller opens the transaction and has locked the credential. Raises Refusal when a record is
    removed or claimed for another cycle (invariant 13).
    """
    wanted = {int(pk) for pk in ids}
    for record in shared_ids(cycle, wanted):
        wanted = wanted - {record.pk} | {share_record(record, cycle, by=by, at=at).pk}
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


def release_records(
    cycle: Cycle, *, by: Trainer | None, at: datetime, again: Iterable[str | int] = ()
) -> int:
    """Release every record claimed for `cycle`; return how many. Those that were made for this
    renewal, of courses logged for another certification, are removed, unless they were rejected or
    are claimed `again` at once: then they stay claimed. The caller opens the transaction.
    """
    claimed = CeuRecord.objects.filter(claimed_for=cycle).order_by("pk")
    claimed = claimed.exclude(pk__in=[int(pk) for pk in again], shared_from__isnull=False)
    held = list(claimed.values_list("pk", flat=True))
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
        copies = CeuRecord.objects.filter(pk__in=held, shared_from__isnull=False)
        for record in copies.counting().order_by("pk"):
            record.credential = cycle.credential
            move_record(record, CeuRecord.State.REMOVED, "removed", by=by, at=at)
    return len(held)
