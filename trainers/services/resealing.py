"""Encrypt second factors with the newest key of the settings."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from trainers.sealing import reseal_authenticator


def reseal_factor(factor: Authenticator) -> bool:
    """Encrypt a second factor with the newest key; return False when it was already. Idempotent.

    Raises cryptography.fernet.InvalidToken when no key of the settings fits.
    """
    with transaction.atomic():
        factor = Authenticator.objects.select_for_update().get(pk=factor.pk)
        data = reseal_authenticator(factor.data)
        if data == factor.data:
            return False
        factor.data = data
        factor.save(update_fields=["data"])
        return True
