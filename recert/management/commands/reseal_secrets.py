"""Encrypt every stored secret with the newest key, so that older keys can be taken out of the settings."""

from collections.abc import Callable
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model, QuerySet

from audits.models import DrawPeriod
from audits.services.drawing import reseal_period
from badges.models import SigningKey
from badges.services import reseal_key
from core.sealing import UNREADABLE
from trainers.services.resealing import reseal_factor
from webhooks.models import Endpoint
from webhooks.services.endpoints import reseal_endpoint

Row = TypeVar("Row", bound=Model)


class Command(BaseCommand):
    help = (
        "Encrypt second factors, the secrets of audit draws, the keys that sign badges, and the secrets of webhooks "
        "with the newest key. It can be stopped and run again: it goes on where it stopped, while people work. The exit status is 1 while a row fits no key of the settings."
    )

    def handle(self, *args: object, **options: object) -> None:
        factors = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)  # its key is public
        unreadable = self._reseal("second factors", factors, reseal_factor)
        unreadable += self._reseal("secrets of draw periods", DrawPeriod.objects.all(), reseal_period)
        unreadable += self._reseal(
            "keys that sign badges", SigningKey.objects.exclude(sealed_private=""), reseal_key
        )
        unreadable += self._reseal("secrets of webhooks", Endpoint.objects.open(), reseal_endpoint)
        if unreadable:
            raise CommandError(
                f"{unreadable} cannot be read: put the key that sealed them into SEALING_KEYS "
                "or SECRET_KEY_FALLBACKS, and run this again."
            )

    def _reseal(self, name: str, rows: "QuerySet[Row]", reseal: Callable[[Row], bool]) -> int:
        """Seal the rows one by one, each in a transaction of its own; return how many fit no key."""
        new = kept = unreadable = 0
        for row in rows.order_by("pk").iterator(chunk_size=500):
            try:
                is_new = reseal(row)
            except UNREADABLE:
                unreadable += 1
                continue
            new, kept = new + is_new, kept + (not is_new)
        self.stdout.write(
            f"{name}: {new:,} sealed anew, {kept:,} had the newest key, {unreadable:,} unreadable"
        )
        return unreadable
