"""Keep allauth's table of addresses in step with `Trainer.email`: at most one row for each account,
and never another address.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from trainers.models import Trainer


def keep_one_address(trainer: Trainer) -> None:
    """Make the trainer's own address the only one of the account, primary and verified."""
    with transaction.atomic():
        drop_other_addresses(trainer)
        EmailAddress.objects.update_or_create(
            user=trainer, email=trainer.email, defaults={"primary": True, "verified": True}
        )


def drop_other_addresses(trainer: Trainer) -> None:
    """Delete this account's rows with any address but its present one, and other accounts' rows
    with that address.
    """
    own, same = Q(user=trainer), Q(email=trainer.email)
    EmailAddress.objects.filter((own & ~same) | (same & ~own)).delete()


@receiver(post_save, sender=Trainer, dispatch_uid="trainers.email_addresses")
def _follow_the_account(
    instance: Trainer, update_fields: frozenset[str] | None, raw: bool, **_: object
) -> None:
    if not raw and (update_fields is None or "email" in update_fields):
        drop_other_addresses(instance)
