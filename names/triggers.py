"""Triggers of names: a request takes only the steps of its TRANSITIONS, and the requested name is
fixed.
"""

from core.transitions import step_trigger
from core.triggers import columns_fixed, never_removed
from names.models import NameRequest

_TABLE = "names_namerequest"

TRIGGERS = [
    step_trigger(NameRequest),
    columns_fixed(
        "names_namerequest_fixed",
        _TABLE,
        ["trainer_id", "before", "after", "proof_id", "requested_at"],
        "what was asked for never changes",
    ),
    never_removed("names_namerequest_kept", _TABLE, "a request for a name is never removed"),
]
