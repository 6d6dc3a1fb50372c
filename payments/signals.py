"""The signals that payments send, after the commit, to apps on higher floors."""

from django.dispatch import Signal

# Sent with `charge` when it is paid. A signal can be lost, so every listener also sweeps.
charge_settled = Signal()
# Sent with `charge` when money of it went back or came back, or its bank disputes it. Every listener also sweeps.
fee_moved = Signal()
