"""What may not happen to an audit."""

from core.errors import Refusal


class AuditRefusal(Refusal):
    """A step of an audit that may not happen; the sentence is for whoever asked for it."""
