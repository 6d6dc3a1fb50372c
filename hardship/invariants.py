"""Checks of hardship for `verify_invariants`: a lead or finance granted each relief, and an
extended day is later than the policy's and before the next cycle's end.
"""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from core.history import subject_of
from core.invariants import Check, forbidden_steps, states_unlike_history
from core.models import HistoryEntry
from hardship.extendable_days import limit_of
from hardship.models import Relief, ReliefDocument
from payments.models import Charge


def _days_out_of_bounds() -> Iterator[str]:
    rows = Relief.objects.granted().filter(through__isnull=False).select_related("cycle__credential")
    for one in rows.order_by("pk").iterator(chunk_size=500):
        limit = limit_of(one.cycle)
        if one.limit_on != limit or one.last_day >= limit:
            yield f"relief {one.pk} is through {one.through}, and the next cycle ends on {limit}"


def _decided_by_themselves() -> Iterator[str]:
    own = Q(decided_by=F("cycle__credential__trainer")) | Q(decided_by=F("proposed_by"))
    for pk in Relief.objects.filter(own).order_by("pk").values_list("pk", flat=True):
        yield f"relief {pk} was decided by who asked or proposed"


def _granted_by_nobody() -> Iterator[str]:
    for one in Relief.objects.granted().order_by("pk").iterator():
        steps = HistoryEntry.objects.filter(subject=subject_of(one), to_state=Relief.State.GRANTED)
        if not steps.filter(by=one.decided_by_id).exists():
            yield f"relief {one.pk} is granted, and its history does not say by whom"


def _taken_off_otherwise() -> Iterator[str]:
    """Yield the charges of which another amount is waived than was granted (Q35)."""
    granted = Relief.objects.granted().filter(charge__isnull=False).order_by()
    sums = dict(granted.values_list("charge").annotate(cents=Sum("amount_cents")))
    waived = dict(Charge.objects.filter(waived_cents__gt=0).values_list("pk", "waived_cents"))
    for pk in sorted(sums.keys() | waived.keys()):
        if sums.get(pk, 0) != waived.get(pk, 0):
            yield f"of charge {pk} {waived.get(pk, 0)} is waived, and {sums.get(pk, 0)} was granted"


def _evidence_of_others() -> Iterator[str]:
    strange = ReliefDocument.objects.exclude(document__owner=F("relief__cycle__credential__trainer"))
    for pk in strange.order_by("pk").values_list("pk", flat=True):
        yield f"evidence {pk} of a relief belongs to somebody else"


CHECKS = [
    Check(19, "An extension ends before the next cycle does", _days_out_of_bounds),
    Check(19, "Nobody decides about their own hardship or proposal", _decided_by_themselves),
    Check(19, "What was granted says by whom", _granted_by_nobody),
    Check(5, "What is waived of a charge was granted", _taken_off_otherwise),
    Check(12, "Evidence of hardship is the trainer's own", _evidence_of_others),
    Check(11, "A relief is in the state that its history tells", lambda: states_unlike_history(Relief)),
    Check(15, "A relief takes only the steps that there are", lambda: forbidden_steps(Relief)),
]
