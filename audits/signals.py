"""The signal of audits to higher apps, sent after the commit."""

from django.dispatch import Signal

# Sent with `audit` when it is closed: passed, not passed or expired. It can be lost, so every listener also sweeps.
audit_closed = Signal()
