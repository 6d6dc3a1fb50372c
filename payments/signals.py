"""The one fact that travels up from payments, in the past tense, sent after commit."""

from django.dispatch import Signal

# Sent with `charge` when money has paid for it. A receiver may miss it: whoever needs it also sweeps.
charge_settled = Signal()
