"""The first visit: whoever knows a certification number and its email address gets a code; nobody
else learns who is certified.
"""

from trainers.models import Credential, Trainer


def owner_of(number: str, email: str) -> Trainer | None:
    """Return the trainer with the credential `number` (normalised) and this `email` who may sign
    in, or None.
    """
    held = Credential.objects.with_number(number).filter(trainer__email=email, trainer__is_active=True)
    credential = held.select_related("trainer").first()
    return credential.trainer if credential else None
