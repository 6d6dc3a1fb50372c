"""The signal of petitions to higher apps, sent after the commit."""

from django.dispatch import Signal

# Sent with `petition` when a paid one has ended: approved, denied, withdrawn or closed.
# A signal can be lost, so every listener also sweeps.
petition_decided = Signal()
