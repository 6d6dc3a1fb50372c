"""Invariants of petitions: each is paid before its review, decided by others, and has its own
record and evidence.
"""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from core.constraints import require_value
from core.history import subject_of
from core.invariants import Check, forbidden_steps, states_unlike_history
from payments.models import Charge, Refund
from petitions.models import Decision, Petition, PetitionDocument

State = Petition.State


def _reviewed_unpaid() -> Iterator[str]:
    seen = Petition.objects.exclude(state__in=[State.DRAFT, State.UNPAID, State.WITHDRAWN])
    unpaid = seen.exclude(charge__state=Charge.State.PAID)
    for reference in unpaid.order_by("pk").values_list("reference", flat=True).iterator():
        yield f"{reference} is reviewed, and its fee is not paid"


def _approved_for_nothing() -> Iterator[str]:
    """Yield the petitions whose fee was returned before they were approved. After the approval a
    refund is allowed, for our own error.
    """
    back = Refund.objects.filter(
        cause__in=Refund.STAFF_CAUSES, charge=OuterRef("charge"), requested_at__lt=OuterRef("ended_at")
    )
    approved = Petition.objects.filter(
        Exists(back.exclude(state__in=Refund.NEVER_LEFT)), state=State.APPROVED
    )
    for reference in approved.order_by("pk").values_list("reference", flat=True).iterator():
        yield f"{reference} was approved after its fee was given back"


def _charges_of_others() -> Iterator[str]:
    for one in Petition.objects.exclude(charge=None).select_related("charge").order_by("pk").iterator():
        charge = require_value(one.charge)
        if charge.subject != subject_of(one) or charge.trainer_id != one.trainer_id:
            yield f"{one.reference} has the charge of {charge.subject}"


def _own_cases() -> Iterator[str]:
    own = Decision.objects.filter(by=F("petition__trainer"))
    for reference in own.order_by("pk").values_list("petition__reference", flat=True).iterator():
        yield f"{reference} was decided by its own trainer"


def _without_a_decision() -> Iterator[str]:
    released = Decision.objects.conclusions().filter(petition=OuterRef("pk"))
    decided = Petition.objects.filter(~Exists(released), state__in=[State.APPROVED, State.DENIED])
    for reference in decided.order_by("pk").values_list("reference", flat=True).iterator():
        yield f"{reference} ended without a decision in effect"


def _records_that_differ() -> Iterator[str]:
    strange = ~Q(record__credential=F("credential")) | ~Q(record__completed_on=F("completed_on"))
    strange |= Q(record__granted=False)
    for one in Petition.objects.filter(strange, record__isnull=False).order_by("pk").iterator():
        yield f"{one.reference} granted record {one.record_id}, which is not about it"


def _evidence_of_others() -> Iterator[str]:
    strange = PetitionDocument.objects.exclude(document__owner=F("petition__trainer"))
    for reference, document in (
        strange.order_by("pk").values_list("petition__reference", "document").iterator()
    ):
        yield f"{reference} is proven by document {document} of another owner"


CHECKS = [
    Check(6, "A petition is not reviewed before its fee is settled", _reviewed_unpaid),
    Check(6, "A petition is not approved after its fee was given back", _approved_for_nothing),
    Check(6, "A petition has its own charge", _charges_of_others),
    Check(11, "A petition is in the state that its history tells", lambda: states_unlike_history(Petition)),
    Check(11, "A decision is in the state that its history tells", lambda: states_unlike_history(Decision)),
    Check(12, "Evidence of a petition belongs to its trainer", _evidence_of_others),
    Check(13, "What a petition granted is about its course", _records_that_differ),
    Check(14, "Nobody decides their own petition", _own_cases),
    Check(14, "A decided petition has a decision in effect", _without_a_decision),
    Check(15, "A petition takes only the steps that there are", lambda: forbidden_steps(Petition)),
    Check(15, "A decision takes only the steps that there are", lambda: forbidden_steps(Decision)),
]
