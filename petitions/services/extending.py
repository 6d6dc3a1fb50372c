"""Register with the package hardship what a lead may change about a petition: its charge (Q35), and
the last day to answer our question (Q34).
"""

from collections.abc import Iterator
from datetime import date, datetime

from cases.locking import lock_case
from hardship.extendable_days import ChargeReader, ExtendableDay, register_charges, register_extendable_days
from hardship.models import Relief
from payments.models import Charge
from petitions.models import Petition
from petitions.services.questions import move_last_day
from trainers.models import Cycle, Trainer

ANSWER = Relief.What.ANSWER


def charges_of_petitions(cycle: Cycle) -> list[Charge]:
    """Return the charges of those petitions of the cycle's credential whose trainer has agreed to
    the fee and which have not ended.
    """
    agreed = Petition.objects.agreed(cycle.credential_id).values("charge")
    return list(Charge.objects.filter(pk__in=agreed).order_by("pk"))


def cycle_of_petition(charge: Charge) -> Cycle | None:
    """Return the newest cycle of the credential for whose petition the charge is; None when the
    charge is for something else.
    """
    found = Petition.objects.filter(charge=charge).select_related("credential").first()
    return Cycle.objects.latest_of(found.credential) if found else None


register_charges(ChargeReader(charges_of_petitions, cycle_of_petition))


@register_extendable_days
def answers_to_questions(cycle: Cycle, today: date) -> Iterator[ExtendableDay]:
    """Yield the last day to answer each open question about petitions of the cycle's credential,
    unless that day has passed.
    """
    asked = Petition.objects.filter(credential=cycle.credential_id, state=Petition.State.QUESTION)
    for one in asked.prefetch_related("questions").order_by("pk"):
        if one.question_through and one.question_through >= today:
            yield ExtendableDay(ANSWER, one.reference, ANSWER.label, one.question_through, extend_answer)


def extend_answer(relief: Relief, by: Trainer, at: datetime) -> None:
    """Move the last day to answer our question to the day that a granted relief gives."""
    found = Petition.objects.get(credential=relief.cycle.credential_id, reference=relief.case_ref)
    move_last_day(lock_case(found), through=relief.last_day, by=by, at=at, reason=relief.words)
