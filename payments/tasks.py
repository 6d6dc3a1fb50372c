"""The sweeps of payments: they repair what a lost webhook, a crash or an outage left undone, and
read the provider's payouts.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from celery import shared_task
from django.db.models import F, Q

from core import clock
from payments.errors import ProviderDown, ProviderRefused
from payments.models import CheckoutSession, Difference, Payout, PayoutLine, ProviderEvent, Refund
from payments.services.differences import note_missing, settle_difference
from payments.services.events import events_to_revive, process_event, revive_event
from payments.services.payouts import ask_payouts, fetch_lines, link_lines
from payments.services.refunds import send_refund
from payments.services.settlement import ask_provider

log = logging.getLogger(__name__)
LEFT_BEHIND = timedelta(minutes=1)  # no worker is still processing an event this old
FIRST_ASKED = timedelta(minutes=5)  # the webhook usually arrives within seconds
ASKED_AGAIN = timedelta(minutes=15)
PAYOUTS_AT_ONCE = 20  # a payout of a busy day has pages of lines
DOWN_AFTER = 3  # the sweep ends after so many unanswered requests in a row

Row = TypeVar("Row", CheckoutSession, Difference, Payout, ProviderEvent, Refund)


@shared_task(ignore_result=True)
def reconcile_payments() -> dict[str, int]:
    """Process the stored events that were not processed, ask the provider about unfinished visits,
    and send refunds. Any number of these tasks may run side by side.
    """
    now = clock.now()
    return {
        "events": _act_on_each(events_left(now), process_event, now)
        + _act_on_each(events_to_revive(), revive_event, now),
        "visits": _act_on_each(visits_to_ask(now), ask_provider, now),
        "refunds": _act_on_each(refunds_to_send(), send_refund, now),
    }


@shared_task(ignore_result=True)
def follow_payouts() -> dict[str, int]:
    """Ask for new payouts, read their lines, and compare them with the ledger. Several of these
    tasks may run side by side.
    """
    now = clock.now()
    return {
        "payouts": _ask_payouts(now),
        "read": _act_on_each(Payout.objects.unread()[:PAYOUTS_AT_ONCE], fetch_lines, now),
        "linked": link_lines(PayoutLine.objects.unlinked()),
        "agreed": _act_on_each(Difference.objects.open().order_by("pk"), settle_difference, now),
        "missing": note_missing(at=now),
    }


def _ask_payouts(now: datetime) -> int:
    try:
        return ask_payouts(at=now)
    except (ProviderDown, ProviderRefused) as error:
        log.warning("no list of payouts: %s", error)
        return 0


def events_left(now: datetime) -> Iterable[ProviderEvent]:
    """Return the stored events that were not processed because of a crash or an error."""
    waiting = ProviderEvent.objects.filter(state=ProviderEvent.State.RECEIVED)
    return waiting.filter(received_at__lte=now - LEFT_BEHIND).order_by("received_at", "pk")


def visits_to_ask(now: datetime) -> Iterable[CheckoutSession]:
    """Return the unfinished visits that the provider must be asked about.

    A visit is due five minutes after it began and then every 15 minutes; at once when its page
    should be closed, or asks for more than is due.
    """
    due = Q(opened_at__lte=now - FIRST_ASKED) & (Q(asked_at=None) | Q(asked_at__lte=now - ASKED_AGAIN))
    never_asked_since = Q(asked_at=None) | Q(asked_at__lt=F("expires_at"))
    over = Q(expires_at__lte=now) & never_asked_since
    voided = Q(charge__voided_at__isnull=False) & (Q(asked_at=None) | Q(asked_at__lte=F("charge__voided_at")))
    living = CheckoutSession.objects.living().select_related("charge__trainer")
    too_much = Q(pk__in=CheckoutSession.objects.asking_too_much().values("pk"))
    return living.filter(due | over | voided | too_much).order_by("opened_at", "pk")


def refunds_to_send() -> Iterable[Refund]:
    """Return the refunds to request from the provider."""
    waiting = Refund.objects.filter(state=Refund.State.REQUESTED)
    return waiting.select_related("payment", "charge").order_by("requested_at", "pk")


def _act_on_each(rows: Iterable[Row], act: Callable[..., object], now: datetime) -> int:
    """Call `act` for every row; return how many calls succeeded. An error at one row does not stop
    the others, but a provider that is down does.
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
