"""Triggers of badges: a signing key stays what it is, and is never removed."""

from badges.models import SigningKey
from core.transitions import step_trigger
from core.triggers import columns_fixed, never_removed

_KEY = "badges_signingkey"

TRIGGERS = [
    step_trigger(SigningKey),
    columns_fixed(
        "badges_signingkey_fixed",
        _KEY,
        ["name", "public_key", "made_at", "made_by_id"],
        "what a key verifies never changes",
    ),
    columns_fixed(
        "badges_signingkey_stays_distrusted",
        _KEY,
        ["distrusted_at", "distrusted_by_id"],
        "a key that is not trusted stays so",
        once="OLD.distrusted_at IS NOT NULL",
    ),
    never_removed(
        "badges_signingkey_kept", _KEY, "a signing key is never removed: what it signed is verified with it"
    ),
]
