"""What may not happen to a petition."""

from core.errors import Refusal


class PetitionRefusal(Refusal):
    """A step of a petition that may not happen; the sentence is for whoever asked for it."""
