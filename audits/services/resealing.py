"""Encrypt the secrets of draw periods with the newest key of the settings."""

from django.db import transaction

from audits.models import DrawPeriod
from audits.sealing import is_newly_sealed, seal_secret, unseal_secret


def reseal_period(period: DrawPeriod) -> bool:
    """Seal the secret of a draw period with the newest key; return whether it was not yet. Idempotent.

    The secret stays the one that was committed to. Raises cryptography.fernet.InvalidToken when no
    key of the settings fits.
    """
    with transaction.atomic():
        period = DrawPeriod.objects.select_for_update().get(pk=period.pk)
        if is_newly_sealed(period.sealed_secret):
            return False
        period.sealed_secret = seal_secret(unseal_secret(period.sealed_secret))
        period.save(update_fields=["sealed_secret"])
        return True
