"""Triggers of keys: what a key opens never changes, and a revoked one stays revoked."""

from api.models import ProgramKey
from core.triggers import Trigger, columns_fixed, never_removed


def key_triggers(model: type[ProgramKey]) -> list[Trigger]:
    """Return the triggers of one kind of key."""
    table, name = model._meta.db_table, model._meta.label_lower.replace(".", "_")
    opens = [f"{model.ORGANISATION}_id", "prefix", "sha256", "scopes", "made_by_id", "made_at", "replaces_id"]
    revoked = ["revoked_at", "revoked_by_id"]
    once = "OLD.revoked_at IS NOT NULL"
    return [
        columns_fixed(f"{name}_fixed", table, opens, "what a key opens never changes"),
        columns_fixed(f"{name}_stays_revoked", table, revoked, "a revoked key stays revoked", once=once),
        never_removed(f"{name}_kept", table, "a key is never removed"),
    ]
