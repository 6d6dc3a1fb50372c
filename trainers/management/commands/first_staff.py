"""Make the first superuser: an account without a password, and a link that expires in 24 hours."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from core import clock
from core.deadlines import moment_words
from core.errors import Refusal
from core.links import full_address
from trainers.invitation_links import token_for_invitation
from trainers.models import Invitation, Trainer
from trainers.services.people import invite_colleague, withdraw_operators_invitations


class Command(BaseCommand):
    help = "Print the link with which the first of the staff begins. Refused once somebody is a superuser."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="First Superuser", help="as colleagues read it")

    def handle(self, *args: object, email: str, name: str, **options: object) -> None:
        if Trainer.objects.filter(is_superuser=True, is_active=True, is_staff=True).exists():
            raise CommandError("There is a superuser already. They invite others under Staff, People.")
        invitation = self._invitation(email, name)
        link = full_address(reverse("staff_join", args=[token_for_invitation(invitation)]))
        ends = moment_words(invitation.link_ends_at, settings.TIME_ZONE)
        self.stdout.write(f"Open this link. It ends on {ends}:\n{link}")

    def _invitation(self, email: str, name: str) -> Invitation:
        """Return a new invitation. An earlier invitation from the command line that was not
        accepted is replaced.
        """
        try:
            withdraw_operators_invitations(email=email, at=clock.now())
            return invite_colleague(
                email=email, name=name, role="lead", by=None, at=clock.now(), as_superuser=True
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
