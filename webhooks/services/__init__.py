"""What is done about endpoints and deliveries: one function for each verb."""

from webhooks.services.endpoints import (
    change_endpoint,
    end_endpoint,
    make_endpoint,
    pause_endpoint,
    resume_endpoint,
    rotate_endpoint_secret,
    switch_off_endpoint,
)
from webhooks.services.queueing import drop_old_deliveries, queue_event, queue_test, send_delivery_again

__all__ = [
    "change_endpoint",
    "drop_old_deliveries",
    "end_endpoint",
    "make_endpoint",
    "pause_endpoint",
    "queue_event",
    "queue_test",
    "resume_endpoint",
    "rotate_endpoint_secret",
    "send_delivery_again",
    "switch_off_endpoint",
]
