"""The one fact that travels up from petitions, in the past tense, sent after commit."""

from django.dispatch import Signal

# Sent with `petition` when it has ended after it was paid: approved, denied, withdrawn or closed.
# A receiver may miss it: whoever needs it also sweeps.
petition_decided = Signal()
