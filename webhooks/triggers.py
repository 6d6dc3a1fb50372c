"""Triggers of webhooks: states take only their steps, and what is delivered never changes."""

from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed
from webhooks.models import Delivery, Endpoint

_ENDPOINT, _DELIVERY = Endpoint._meta.db_table, Delivery._meta.db_table
_FIXED = "what is delivered never changes"

TRIGGERS = [
    step_trigger(Endpoint),
    columns_fixed(
        "webhooks_endpoint_fixed",
        _ENDPOINT,
        ["owner", "made_by_id", "made_at"],
        "whose an endpoint is never changes",
    ),
    never_removed("webhooks_endpoint_kept", _ENDPOINT, "an endpoint is never removed"),
    step_trigger(Delivery),
    columns_fixed(
        "webhooks_delivery_fixed",
        _DELIVERY,
        ["endpoint_id", "event", "key", "webhook_id", "made_at"],
        _FIXED,
    ),
    Trigger(
        "webhooks_delivery_body_fixed",
        _DELIVERY,
        "UPDATE",
        _FIXED,
        when="NEW.body <> OLD.body AND (NEW.body <> '' OR NEW.state = 'due')",
    ),
    never_removed("webhooks_delivery_kept", _DELIVERY, "a delivery is never removed"),
]
