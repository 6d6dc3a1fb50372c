"""Register with the package hardship what a lead may change about a renewal: its charge, and the
last day to correct it (Q25, Q34).
"""

from collections.abc import Iterator
from datetime import date, datetime

from core.history import record_history, subject_of
from hardship.extendable_days import ChargeReader, ExtendableDay, register_charges, register_extendable_days
from hardship.models import Relief
from outbox.notices import supersede_notices
from payments.models import Charge
from renewals.models import Application
from renewals.notice_codes import CORRECTION_ENDS
from renewals.services.advancing import queue_correction_reminders
from renewals.services.moving import lock_renewal
from trainers.models import Cycle, Trainer

State, What = Application.State, Relief.What
WITH_FEE = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.APPROVED)


def charges_of_renewals(cycle: Cycle) -> list[Charge]:
    """Return the charge of this cycle's renewal if the renewal is undecided or approved."""
    return list(Charge.objects.filter(application__cycle=cycle, application__state__in=WITH_FEE))


def cycle_of_renewal(charge: Charge) -> Cycle | None:
    """Return the cycle of the renewal that the charge is for; None when it is for something else."""
    return Cycle.objects.filter(applications__charge=charge).select_related("credential__trainer").first()


register_charges(ChargeReader(charges_of_renewals, cycle_of_renewal, takes_price=True))


@register_extendable_days
def extendable_corrections(cycle: Cycle, today: date) -> Iterator[ExtendableDay]:
    """Yield the last day to correct the cycle's returned renewal, unless that day has passed."""
    returned = Application.objects.filter(
        cycle=cycle, state=State.RETURNED, correct_through__gte=today, renewed_with=None
    )
    for one in returned:
        yield ExtendableDay(
            What.CORRECTION, one.reference, What.CORRECTION.label, one.last_day_to_correct, extend_correction
        )


def extend_correction(relief: Relief, by: Trainer, at: datetime) -> None:
    """Move the last day to correct a renewal to the day that a granted relief gives, and queue its
    reminders again.
    """
    found = Application.objects.get(cycle=relief.cycle_id, reference=relief.case_ref)
    application = lock_renewal(found)
    before, application.correct_through = application.last_day_to_correct, relief.last_day
    application.save(update_fields=["correct_through"])
    application.joined.filter(state=State.RETURNED).update(correct_through=relief.last_day)
    detail = {"before": str(before), "after": str(relief.last_day)}
    record_history(
        application,
        "more time to correct",
        trainer=application.trainer,
        by=by,
        at=at,
        reason=relief.words,
        detail=detail,
    )
    supersede_notices(CORRECTION_ENDS, subject=subject_of(application), at=at)
    queue_correction_reminders(application)
