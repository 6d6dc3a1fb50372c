"""Endpoints and deliveries of webhooks, and what the database refuses about them."""

from types import SimpleNamespace

from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT
from webhooks.models import Delivery, Endpoint


def add_webhooks(stage: SimpleNamespace) -> None:
    made = {"name": "CRM", "url": "https://crm.example.org/", "made_by": stage.lead, "made_at": AT}
    stage.endpoint = Endpoint.objects.create(**made, secret_sealed="gAAAA")
    stage.ended_endpoint = Endpoint.objects.create(**made, state="ended", ended_at=AT)
    told = {"endpoint": stage.endpoint, "event": "portal.test", "body": "{}", "made_at": AT, "send_at": AT}
    stage.delivery = Delivery.objects.create(**told, key="one")
    stage.dropped_delivery = Delivery.objects.create(**told, key="two", state="dropped", ended_at=AT)


def webhook_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [*_endpoints(s), *_deliveries(s)]


def _endpoints(s: SimpleNamespace) -> list[Illegal]:
    longest = {"name": 60, "url": 500, "owner": 80, "off_reason": 300}
    return [
        change("webhooks_endpoint_steps", s.ended_endpoint, state="active", ended_at=None, secret_sealed="x"),
        *change_each("webhooks_endpoint_fixed", s.endpoint, owner="x:1", made_by=s.reviewer, made_at=s.later),
        remove("webhooks_endpoint_kept", s.ended_endpoint),
        copy("webhooks_endpoint_one_end", s.endpoint, ended_at=s.at),
        copy("webhooks_endpoint_one_end", s.ended_endpoint, secret_sealed="x"),
        copy("webhooks_endpoint_secret", s.endpoint, secret_sealed=""),
        copy("webhooks_endpoint_old_secret", s.endpoint, old_secret_sealed="x"),
        *(
            copy(f"webhooks_endpoint_{field}_length", s.endpoint, **{field: "x" * (most + 1)})
            for field, most in longest.items()
        ),
    ]


def _deliveries(s: SimpleNamespace) -> list[Illegal]:
    fresh = {"webhook_id": "msg_9", "key": "nine"}
    longest = {"event": 40, "key": 120, "last_error": 300}
    return [
        change("webhooks_delivery_steps", s.dropped_delivery, state="due", ended_at=None),
        *change_each(
            "webhooks_delivery_fixed",
            s.delivery,
            endpoint=s.ended_endpoint,
            event="other",
            key="nine",
            webhook_id="msg_9",
            made_at=s.later,
        ),
        change("webhooks_delivery_body_fixed", s.delivery, body=""),
        change("webhooks_delivery_body_fixed", s.dropped_delivery, body="[]"),
        remove("webhooks_delivery_kept", s.dropped_delivery),
        copy("webhooks_delivery_webhook_id_key", s.delivery, "webhook_id", key="nine"),
        copy("webhooks_delivery_once", s.delivery, webhook_id="msg_9"),
        copy("webhooks_delivery_one_end", s.delivery, **fresh, ended_at=s.at),
        copy("webhooks_delivery_attempts_check", s.delivery, **fresh, attempts=-1),
        copy("webhooks_delivery_last_status_check", s.delivery, **fresh, last_status=-1),
        *(
            copy(f"webhooks_delivery_{field}_length", s.delivery, **{**fresh, field: "x" * (most + 1)})
            for field, most in longest.items()
        ),
    ]
