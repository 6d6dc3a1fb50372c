"""`manage.py badge_key [--rotate --by EMAIL]`: the key that signs badges."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from badges.identity import method_of
from badges.services import ensure_key, rotate_key
from core import clock
from core.errors import Refusal
from core.people import Person


class Command(BaseCommand):
    help = (
        "Print the key that signs badges; the first one is made. With --rotate a new key takes its place: "
        "what the old one signed stays valid, because its public half stays published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rotate", action="store_true", help="replace the active key by a new one")
        parser.add_argument("--by", metavar="EMAIL", help="the colleague who does this, for the history")

    def handle(self, *args: object, **options: Any) -> None:
        by, at = self._colleague(options["by"]), clock.now()
        key = ensure_key(by=by, at=at)
        if options["rotate"]:
            if by is None:
                raise CommandError("Say who replaces the key: --by EMAIL of a colleague.")
            try:
                key = rotate_key(key, by=by, at=at)
            except Refusal as refusal:
                raise CommandError(str(refusal)) from None
        self.stdout.write(f"{method_of(key)} {key.public_key}")

    def _colleague(self, email: str | None) -> Person | None:
        if not email:
            return None
        found = get_user_model().objects.filter(email__iexact=email.strip(), is_staff=True, is_active=True)
        if (person := found.first()) is None:
            raise CommandError(f"No colleague signs in with {email}.")
        return person
