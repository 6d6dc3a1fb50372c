"""May this person see this charge? Their own, and nobody else's; staff have their own side."""

from django.http import Http404

from payments.models import Charge, ChargeQuerySet
from trainers.models import Trainer


def charges_of(person: Trainer) -> ChargeQuerySet:
    """Return everything that the person owes or owed, newest first, with what `payment_state` reads."""
    return Charge.objects.filter(trainer=person).with_story()


def receipt_for(person: Trainer, pk: int) -> Charge:
    """Return a paid charge of this person. Raises Http404 for any other charge or an unknown number."""
    try:
        return charges_of(person).get(pk=pk, state=Charge.State.PAID)
    except Charge.DoesNotExist:
        raise Http404 from None
