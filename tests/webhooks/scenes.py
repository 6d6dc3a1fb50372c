"""Endpoints and what they are told."""

from datetime import UTC, datetime

from django.db import transaction

from core import clock
from tests.cast import colleague
from webhooks.events import TEST
from webhooks.models import Delivery, Endpoint
from webhooks.services import make_endpoint, queue_event

AT = datetime(2027, 3, 2, 16, 0, tzinfo=UTC)


def an_endpoint(url: str = "https://crm.example.org/hooks", *, name: str = "Our CRM") -> Endpoint:
    return make_endpoint("", name=name, url=url, events=[TEST], by=colleague("lead"), at=clock.now())


def tell(key: str = "one", **data: object) -> Delivery:
    """Queue an event for the body's endpoints, and return its newest delivery."""
    with transaction.atomic():
        queue_event(TEST, owner="", key=key, data=data, at=clock.now())
    return Delivery.objects.filter(key=key).latest("pk")
