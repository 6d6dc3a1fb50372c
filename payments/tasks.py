"""What the schedule wakes: everything that a lost webhook, a crash or an outage may have left
undone.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from celery import shared_task
from django.db.models import F, Q

from core import clock
from payments.errors import ProviderDown
from payments.models import CheckoutSession, ProviderEvent, Refund
from payments.services import ask_provider, process_event, send_refund

log = logging.getLogger(__name__)
LEFT_BEHIND = timedelta(minutes=1)  # an event that old is not being processed by anyone
FIRST_ASKED = timedelta(minutes=5)  # the webhook is usually there within seconds
ASKED_AGAIN = timedelta(minutes=15)
DOWN_AFTER = 3  # so many questions in a row without an answer, and the sweep ends until the next one

Row = TypeVar("Row", CheckoutSession, ProviderEvent, Refund)


@shared_task(ignore_result=True)
def reconcile_payments() -> dict[str, int]:
    """Act on events left behind, ask about visits without an end, send money back. Any number may
    run side by side.
    """
    now = clock.now()
    return {
        "events": _each(events_left(now), process_event, now),
        "visits": _each(visits_to_ask(now), ask_provider, now),
        "refunds": _each(refunds_to_send(), send_refund, now),
    }


def events_left(now: datetime) -> Iterable[ProviderEvent]:
    """Kept and never acted on, because we crashed or failed."""
    waiting = ProviderEvent.objects.filter(state=ProviderEvent.State.RECEIVED)
    return waiting.filter(received_at__lte=now - LEFT_BEHIND).order_by("received_at", "pk")


def visits_to_ask(now: datetime) -> Iterable[CheckoutSession]:
    """Living visits: five minutes after they began, every quarter of an hour, and at once when they
    should be over.
    """
    due = Q(opened_at__lte=now - FIRST_ASKED) & (Q(asked_at=None) | Q(asked_at__lte=now - ASKED_AGAIN))
    never_asked_since = Q(asked_at=None) | Q(asked_at__lt=F("expires_at"))
    over = Q(expires_at__lte=now) & never_asked_since
    voided = Q(charge__voided_at__isnull=False) & (Q(asked_at=None) | Q(asked_at__lte=F("charge__voided_at")))
    living = CheckoutSession.objects.living().select_related("charge__trainer")
    return living.filter(due | over | voided).order_by("opened_at", "pk")


def refunds_to_send() -> Iterable[Refund]:
    waiting = Refund.objects.filter(state=Refund.State.REQUESTED)
    return waiting.select_related("payment", "charge").order_by("requested_at", "pk")


def _each(rows: Iterable[Row], act: Callable[..., object], now: datetime) -> int:
    """Call `act` on every row and return how many were done. One bad row never stops the others; a
    provider that is down does.
    """
    done = unanswered = 0
    for row in list(rows):
        try:
            act(row, at=now)
        except ProviderDown as error:
            unanswered += 1
            log.warning("the payment provider does not answer: %s", error)
            if unanswered == DOWN_AFTER:
                break
        except Exception:
            log.exception("%s %s is left for the next sweep", row._meta.label_lower, row.pk)
        else:
            done, unanswered = done + 1, 0
    return done
