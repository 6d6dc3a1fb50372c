"""The one fact that travels up from audits, in the past tense, sent after commit."""

from django.dispatch import Signal

# Sent with `audit` when it is closed: passed, not passed, or expired. A receiver may miss it: whoever needs it also sweeps.
audit_closed = Signal()
