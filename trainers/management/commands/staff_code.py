"""Print the one-time codes of the demo's staff and provider: nobody has an authenticator app with their keys."""

import time

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from trainers.allauth_internals import authenticator_code


class Command(BaseCommand):
    help = "Print the current one-time code of each account of staff or of a provider. For development: refused in production."

    def handle(self, *args: object, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("One-time codes are not printed in production.")
        now = int(time.time())  # the authenticator apps' clock, never the demo's
        for authenticator in self._factors():
            code, left = authenticator_code(authenticator, unix_time=now)
            self.stdout.write(f"{authenticator.user.email}  {code}  (for {left} more seconds)")

    def _factors(self) -> QuerySet[Authenticator]:
        kept: QuerySet[Authenticator] = Authenticator.objects.filter(
            type=Authenticator.Type.TOTP, user__credentials=None, user__is_active=True
        )
        return kept.select_related("user").order_by("user__email")
