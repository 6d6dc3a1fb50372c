"""Prints the one-time codes that the demo's staff sign in with, since nobody has scanned their keys."""

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Print the current one-time code of each staff account. For development: refused in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("One-time codes are not printed in production.")
        # The authenticator apps' clock, never the demo's.
        counter, gone = divmod(int(time.time()), app_settings.TOTP_PERIOD)
        for authenticator in self._factors():
            secret = decrypt(authenticator.data["secret"])
            code = format_hotp_value(hotp_value(secret, counter))
            left = app_settings.TOTP_PERIOD - gone
            self.stdout.write(f"{authenticator.user.email}  {code}  (for {left} more seconds)")

    def _factors(self) -> Any:
        kept = Authenticator.objects.filter(
            type=Authenticator.Type.TOTP, user__is_staff=True, user__is_active=True
        )
        return kept.select_related("user").order_by("user__email")
