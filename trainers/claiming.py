"""The first visit: a certification number and its email address lead to a code, and tell nothing to anybody else."""

from trainers.models import Credential, Trainer


def owner_of(number: str, email: str) -> Trainer | None:
    """The trainer who holds the credential `number` (normalised), when `email` is theirs and they may sign in."""
    held = Credential.objects.with_number(number).filter(trainer__email=email, trainer__is_active=True)
    credential = held.select_related("trainer").first()
    return credential.trainer if credential else None
