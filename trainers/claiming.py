"""The first visit: a certification number and its email address lead to a code, and tell nothing to anybody else."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.http import HttpRequest

from trainers.models import Credential, Trainer


def owner_of(number: str, email: str) -> Trainer | None:
    """The trainer who holds the credential `number` (normalised), when `email` is theirs and they may sign in."""
    held = Credential.objects.with_number(number).filter(trainer__email=email, trainer__is_active=True)
    credential = held.select_related("trainer").first()
    return credential.trainer if credential else None


def send_code(request: HttpRequest, *, owner: Trainer | None, email: str) -> None:
    """Begin allauth's sign-in by code. Without an owner it looks the same, sends nothing, and no code will ever fit."""
    LoginCodeVerificationProcess.initiate(request=request, user=owner, email=email)
