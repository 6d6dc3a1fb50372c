"""Lookups from a person to their own charges; the pages of staff have other lookups."""

from django.http import Http404

from payments.models import Charge, ChargeQuerySet
from trainers.models import Trainer


def charges_of(person: Trainer) -> ChargeQuerySet:
    """Return the person's charges, newest first, with the rows that `payment_state` reads. Charges
    of 0 are left out: they have neither a price nor a receipt.
    """
    return Charge.objects.filter(trainer=person, amount_cents__gt=0).with_payments()


def receipt_for(person: Trainer, pk: int) -> Charge:
    """Return the person's own paid charge. Raises Http404 for a charge of another person, for one
    that nothing was paid for, and when there is no such charge.
    """
    try:
        return charges_of(person).get(pk=pk, paid_cents__gt=0)
    except Charge.DoesNotExist:
        raise Http404 from None
