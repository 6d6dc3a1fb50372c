"""What may not happen to a renewal."""

from core.errors import Refusal


class RenewalRefusal(Refusal):
    """A step of a renewal that may not happen; the sentence is for whoever asked for it."""
