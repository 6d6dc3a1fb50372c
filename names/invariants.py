"""Checks of requests for a name for `verify_invariants`."""

from core.invariants import Check, forbidden_steps, states_unlike_history
from names.models import NameRequest

CHECKS = [
    Check(
        11,
        "A request for a name is in the state that its history tells",
        lambda: states_unlike_history(NameRequest),
    ),
    Check(
        15, "A request for a name takes only the steps that there are", lambda: forbidden_steps(NameRequest)
    ),
]
