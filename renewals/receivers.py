"""What renewals hear from below: a charge was paid, a petition has ended. A lost signal costs time only, because the sweep asks the same."""

from typing import Any

from django.dispatch import receiver

from payments.models import Charge
from payments.signals import charge_settled
from petitions.models import Petition
from petitions.signals import petition_decided
from recert import clock
from renewals.models import Application
from renewals.services import complete_payment


@receiver(charge_settled, dispatch_uid="renewals.finish")
def finish(sender: type[Charge], charge: Charge, **_: Any) -> None:
    application = Application.objects.filter(charge=charge).first()
    if application:
        complete_payment(application, at=clock.now())


@receiver(petition_decided, dispatch_uid="renewals.go_on")
def go_on(sender: type[Petition], petition: Petition, **_: Any) -> None:
    """What waited for the petition is approved, or comes back for correction (Q15)."""
    waiting = Application.objects.filter(
        cycle__credential=petition.credential_id, state=Application.State.IN_REVIEW
    )
    for application in waiting:
        complete_payment(application, at=clock.now())
