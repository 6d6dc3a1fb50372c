"""The first visit: a person who types a certification number and the email address on record gets a
code. Nobody else learns who is certified.
"""

from trainers.models import Credential, Trainer


def owner_of(number: str, email: str) -> Trainer | None:
    """Return the trainer with the credential `number` (normalised) and this `email` who may sign
    in, or None.
    """
    held = Credential.objects.with_number(number).filter(trainer__email=email, trainer__is_active=True)
    credential = held.select_related("trainer").first()
    return credential.trainer if credential else None
