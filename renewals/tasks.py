"""What changes renewals without a person: signals of apps on lower floors, and sweeps of paid
renewals, due decisions, missed last days, reminders and late draws. When a signal is lost, a sweep
finds its renewal later.
"""

from celery import shared_task
from django.dispatch import receiver

from audits.models import Audit
from audits.signals import audit_closed
from cases.decisions import release_due_decisions
from core import clock
from core.sweeps import sweep_rows
from payments.models import Charge
from payments.signals import charge_settled, fee_moved
from petitions.models import Petition
from petitions.signals import petition_decided
from renewals import services
from renewals.models import Application, Decision
from renewals.services.badges import tell_badge_holders
from renewals.services.due_reminders import queue_due_reminders


@receiver(charge_settled, dispatch_uid="renewals.finish")
def advance_paid_application(sender: type[Charge], charge: Charge, **_: object) -> None:
    """Advance the application whose charge is settled."""
    rows = Application.objects.filter(charge=charge).select_related("cycle__credential")
    application = rows.first()
    if application:
        services.advance_application(application, at=clock.now())


@receiver(fee_moved, dispatch_uid="renewals.follow_fee")
def advance_restored_application(sender: type[Charge], charge: Charge, **_: object) -> None:
    """Advance the application whose fee is kept in full again, after a refund or dispute stopped it (Q31)."""
    for application in Application.objects.filter(state=Application.State.IN_REVIEW, charge=charge):
        services.advance_application(application, at=clock.now())


@receiver(petition_decided, dispatch_uid="renewals.advance_after_petition")
def advance_after_petition(sender: type[Petition], petition: Petition, **_: object) -> None:
    """Approve or return the application that waited for the petition (Q15)."""
    waiting = Application.objects.filter(
        state=Application.State.IN_REVIEW, cycle__credential=petition.credential_id
    )
    for application in waiting:
        services.advance_application(application, at=clock.now())


@receiver(audit_closed, dispatch_uid="renewals.conclude")
def conclude_audited_application(sender: type[Audit], audit: Audit, **_: object) -> None:
    """Approve, return or deny the application that was audited (Q16, Q19)."""
    services.advance_audited_renewals(audit, at=clock.now())


@shared_task(ignore_result=True)
def finish_paid() -> int:
    """Advance the applications that need no person: those whose signal was lost, and those whose
    credential was suspended.
    """
    return sweep_rows(
        Application.objects.to_finish(), lambda one: services.advance_application(one, at=clock.now())
    )


@shared_task(ignore_result=True)
def conclude_second_looks() -> int:
    """Reverse or confirm denials after second reviews of audits whose signal was lost."""
    return sweep_rows(
        Application.objects.to_conclude(), lambda one: services.conclude_second_look(one, at=clock.now())
    )


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Release the pending decisions about renewals that are due."""
    due = Decision.objects.due(clock.now()).select_related("application")
    return release_due_decisions(due, services.release_renewal_decision, at=clock.now())


@shared_task(ignore_result=True)
def lapse_unpaid() -> int:
    """End applications that were not paid in time."""
    return sweep_rows(
        Application.objects.unpaid_after(clock.latest_date(clock.now())),
        lambda one: services.lapse_application(one, at=clock.now()),
    )


@shared_task(ignore_result=True)
def deny_uncorrected() -> int:
    """Deny returned applications that were not corrected in time (Q16)."""
    return sweep_rows(
        Application.objects.uncorrected_after(clock.latest_date(clock.now())),
        lambda one: services.deny_uncorrected_renewal(one, at=clock.now()),
    )


@shared_task(ignore_result=True)
def plan_reminders() -> int:
    """Queue the due reminders of cycles and of cards."""
    return services.plan_cycle_reminders(clock.now()) + services.plan_card_reminders(clock.now())


@shared_task(ignore_result=True)
def realign_reminders() -> int:
    """Correct planned reminders after a policy file has changed."""
    return services.realign_reminders(clock.now())


@shared_task(ignore_result=True)
def draw_waiting() -> int:
    """Draw applications received while no draw period was open, in order of receipt (Q20)."""
    return sweep_rows(
        Application.objects.undrawn(),
        lambda one: services.draw_late(one, at=clock.now()),
        moved="is_drawn",
    )


@shared_task(ignore_result=True)
def remind_of_dues() -> int:
    """Queue the mails about yearly fees that are due soon, or overdue."""
    return queue_due_reminders(at=clock.now())


@shared_task(ignore_result=True)
def tell_of_badge_keys() -> int:
    """Queue the mails to holders of badges once a key is trusted no more."""
    return tell_badge_holders(at=clock.now())
