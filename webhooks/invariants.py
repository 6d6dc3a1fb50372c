"""Checks of webhooks for `verify_invariants`."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from core import clock
from core.invariants import Check, forbidden_steps, states_unlike_history
from webhooks.models import Delivery, Endpoint

LATE = timedelta(minutes=15)


def _untried_deliveries() -> Iterator[str]:
    """Yield deliveries that nobody has tried, although their endpoint works or was never asked."""
    moment = clock.now() - LATE
    working = Q(endpoint__failing_since__isnull=True, endpoint__state=Endpoint.State.ACTIVE)
    quiet = Q(endpoint__last_ok_at__isnull=True) | Q(endpoint__last_ok_at__lte=moment)
    late = Delivery.objects.unsent().filter(working, quiet, send_at__lte=moment, attempts=0)
    for pk, event, when in late.order_by("pk").values_list("pk", "event", "send_at").iterator():
        yield f"delivery {pk} ({event}) should have been sent at {when:%Y-%m-%d %H:%M} UTC"


def _secrets_kept() -> Iterator[str]:
    ended = Endpoint.objects.filter(state=Endpoint.State.ENDED)
    for pk in ended.exclude(secret_sealed="", old_secret_sealed="").values_list("pk", flat=True).iterator():
        yield f"endpoint {pk} has ended and still holds its secret"


CHECKS = [
    Check(9, "An endpoint that has ended holds no secret", _secrets_kept),
    Check(10, "No webhook waits untried for more than 15 minutes", _untried_deliveries),
    Check(11, "An endpoint is in the state that its history tells", lambda: states_unlike_history(Endpoint)),
    Check(15, "An endpoint takes only the steps that there are", lambda: forbidden_steps(Endpoint)),
    Check(15, "A delivery takes only the steps that there are", lambda: forbidden_steps(Delivery)),
]
