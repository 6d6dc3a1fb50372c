"""A refusal of this room, with its sentence."""

from core.errors import Refusal


class CeuRefusal(Refusal):
    """A CEU record or a course that may not be so."""
