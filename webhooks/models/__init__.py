"""Endpoints of other people's programs, and what is delivered to them."""

from webhooks.models.delivery import Delivery, DeliveryQuerySet
from webhooks.models.endpoint import Endpoint, EndpointQuerySet

__all__ = ["Delivery", "DeliveryQuerySet", "Endpoint", "EndpointQuerySet"]
