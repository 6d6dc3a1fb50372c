"""Receivers of signals from lower apps. A lost signal only delays, because the sweep finds these
renewals too.
"""

from typing import Any

from django.dispatch import receiver

from audits.models import Audit
from audits.signals import audit_closed
from core import clock
from payments.models import Charge
from payments.signals import charge_settled, fee_moved
from petitions.models import Petition
from petitions.signals import petition_decided
from renewals.models import Application
from renewals.services.advancing import advance_application
from renewals.services.deciding import conclude_audit


@receiver(charge_settled, dispatch_uid="renewals.finish")
def advance_paid_application(sender: type[Charge], charge: Charge, **_: Any) -> None:
    """Advance the application whose charge is settled."""
    application = Application.objects.filter(charge=charge).first()
    if application:
        advance_application(application, at=clock.now())


@receiver(fee_moved, dispatch_uid="renewals.follow_fee")
def advance_restored_application(sender: type[Charge], charge: Charge, **_: Any) -> None:
    """Advance the application that waited for its fee, when the fee is kept in full again (Q31)."""
    for application in Application.objects.filter(state=Application.State.IN_REVIEW, charge=charge):
        advance_application(application, at=clock.now())


@receiver(petition_decided, dispatch_uid="renewals.advance_after_petition")
def advance_after_petition(sender: type[Petition], petition: Petition, **_: Any) -> None:
    """Approve or return the application that waited for the petition (Q15)."""
    waiting = Application.objects.filter(
        state=Application.State.IN_REVIEW, cycle__credential=petition.credential_id
    )
    for application in waiting:
        advance_application(application, at=clock.now())


@receiver(audit_closed, dispatch_uid="renewals.conclude")
def conclude_audited_application(sender: type[Audit], audit: Audit, **_: Any) -> None:
    """Approve, return or deny the application that was audited (Q16, Q19)."""
    conclude_audit(audit, at=clock.now())
