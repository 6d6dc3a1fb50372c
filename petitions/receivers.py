"""Receivers of signals from lower apps. A lost signal only delays, because the sweep finds these
petitions too.
"""

from typing import Any

from django.dispatch import receiver

from core import clock
from payments.models import Charge
from payments.signals import charge_settled, fee_moved
from petitions.models import Petition
from petitions.services.fees import follow_fee
from petitions.services.sending import submit_paid_petition


@receiver(charge_settled, dispatch_uid="petitions.submit_when_paid")
def submit_when_paid(sender: type[Charge], charge: Charge, **_: Any) -> None:
    """Submit the petition whose charge is settled."""
    petition = Petition.objects.filter(charge=charge).first()
    if petition:
        submit_paid_petition(petition, at=clock.now())


@receiver(fee_moved, dispatch_uid="petitions.follow_fee")
def follow_moved_fee(sender: type[Charge], charge: Charge, **_: Any) -> None:
    """Stop the petition whose fee is no longer kept in full, or let a stopped one go on."""
    petition = Petition.objects.filter(charge=charge).first()
    if petition:
        follow_fee(petition, at=clock.now())
