"""The signal that audits send, after the commit, to apps on higher floors."""

from django.dispatch import Signal

# Sent with `audit` when it is closed: passed, not passed or expired. It can be lost, so every listener also sweeps.
audit_closed = Signal()
