"""Learn at once whether a payer who comes back from the payment page has paid."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from core import clock
from core.limits import count_in_period
from payments.errors import ProviderDown
from payments.models import Charge
from payments.services.settlement import ask_provider

log = logging.getLogger(__name__)
LONGEST_WAIT = 3.0  # seconds for which the payer waits in all
LONGEST_ANSWER = 2.4  # of them for the provider; the rest is for our own rows
ASKS_PER_MINUTE = 5  # for all charges of one account: each may hold a web process for LONGEST_WAIT
A_MINUTE = 60
PAUSE = 0.2  # between two looks at whether the webhook came meanwhile


class PaidRow(Protocol):
    """What has a fee: a row with its charge."""

    @property
    def reference(self) -> str: ...

    @property
    def charge(self) -> Charge | None: ...

    def refresh_from_db(self) -> None: ...


Row = TypeVar("Row", bound=PaidRow)


def finish_payment(row: Row, finish: Callable[..., Row], *, at: datetime, wait: bool) -> Row:
    """Ask the provider whether the charge of a row is paid, and `finish` the row. Idempotent, like
    `finish`, which leaves an unpaid row unchanged.

    When the provider does not answer and `wait` is true, wait up to three seconds for its webhook.
    Must not run inside a transaction. After an error the row is left to the sweep.
    """
    if row.charge is None:
        return row
    ask_after_return(row.charge, at=at, wait=wait)
    try:
        return finish(row, at=at)
    except Exception:
        log.exception("%s is left to the sweep", row.reference)
        row.refresh_from_db()
        return row


def ask_after_return(charge: Charge, *, at: datetime, wait: bool = True) -> None:
    """Ask the provider once about the open payment page of a charge, and record its answer as the
    webhook would. Idempotent.

    When the provider does not answer and `wait` is true, wait for the webhook, up to three seconds
    in all. Must not run inside a transaction. Never raises an error of the provider, because the
    webhook and the sweep follow. For somebody who returns more often than ASKS_PER_MINUTE, the
    provider is not asked: the page shows what is known.
    """
    if charge.state != Charge.State.OPEN:
        return
    began = time.monotonic()
    visit = charge.sessions.living().select_related("charge__trainer").exclude(provider_id=None).first()
    if visit is None or _asks_too_often(charge):
        return
    try:
        ask_provider(visit, at=at, within=LONGEST_ANSWER)
    except ProviderDown as error:
        log.warning("a payer is back, and the provider does not answer for charge %s: %s", charge.pk, error)
        while wait and time.monotonic() - began + PAUSE < LONGEST_WAIT and not _is_settled(charge):
            time.sleep(PAUSE)


def _asks_too_often(charge: Charge) -> bool:
    now = clock.real_now()
    count = count_in_period(f"returns:{charge.trainer_id}", seconds=A_MINUTE, at=now)
    return count > ASKS_PER_MINUTE


def _is_settled(charge: Charge) -> bool:
    return not Charge.objects.filter(pk=charge.pk, state=Charge.State.OPEN).exists()
