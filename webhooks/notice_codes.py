"""The codes of the notices about webhooks. Services queue by them."""

SWITCHED_OFF = "webhooks.switched_off"
