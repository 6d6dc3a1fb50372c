"""The signal that petitions send, after the commit, to apps on higher floors."""

from django.dispatch import Signal

# Sent with `petition` when a paid one has ended: approved, denied, withdrawn or closed.
# A signal can be lost, so every listener also sweeps.
petition_decided = Signal()
