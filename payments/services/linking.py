"""Which row of our ledger says the same as a line of a payout: the one of its kind with its name at the provider."""

from payments.models import LedgerEntry, PayoutLine
from payments.models.payout import PayoutLineQuerySet

BATCH = 500


def link_lines(lines: PayoutLineQuerySet) -> int:
    """Link each of the lines to its row of the ledger, where that is there and free; return how many. Idempotent."""
    linked = 0
    waiting = list(lines.exclude(ref="").only("pk", "kind", "ref", "entry").order_by("pk"))
    for start in range(0, len(waiting), BATCH):
        linked += _link_batch(waiting[start : start + BATCH])
    return linked


def _link_batch(lines: list[PayoutLine]) -> int:
    entries = LedgerEntry.objects.filter(provider_ref__in=[line.ref for line in lines], line__isnull=True)
    free = {(one.kind, one.provider_ref): one for one in entries}
    linked = []
    for line in lines:
        entry = free.pop((line.kind, line.ref), None)
        if entry is not None:
            line.entry = entry
            linked.append(line)
    PayoutLine.objects.bulk_update(linked, ["entry"])
    return len(linked)
