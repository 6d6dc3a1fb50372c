"""Learn at once whether a payer who comes back from the payment page has paid."""

import logging
import time
from datetime import datetime

from payments.errors import ProviderDown
from payments.models import Charge
from payments.services.settlement import ask_provider

log = logging.getLogger(__name__)
LONGEST_WAIT = 3.0  # seconds for which the payer waits in all
LONGEST_ANSWER = 2.4  # of them for the provider; the rest is for our own rows
PAUSE = 0.2  # between two looks at whether the webhook came meanwhile


def ask_after_return(charge: Charge, *, at: datetime, wait: bool = True) -> None:
    """Ask the provider once about the open payment page of a charge, and record its answer as the
    webhook would. Idempotent.

    When the provider does not answer and `wait` is true, wait for the webhook, three seconds in all.
    Must not run inside a transaction. Never raises an error of the provider: the webhook and the
    sweep follow.
    """
    if charge.state != Charge.State.OPEN:
        return
    began = time.monotonic()
    visit = charge.sessions.living().select_related("charge__trainer").exclude(provider_id=None).first()
    if visit is None:
        return
    try:
        ask_provider(visit, at=at, within=LONGEST_ANSWER)
    except ProviderDown as error:
        log.warning("a payer is back, and the provider does not answer for charge %s: %s", charge.pk, error)
        while wait and time.monotonic() - began + PAUSE < LONGEST_WAIT and not _is_settled(charge):
            time.sleep(PAUSE)


def _is_settled(charge: Charge) -> bool:
    return not Charge.objects.filter(pk=charge.pk, state=Charge.State.OPEN).exists()
