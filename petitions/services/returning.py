"""Send a petition to review when its payer comes back from the payment page, without waiting for the
webhook.
"""

import logging
from datetime import datetime

from payments.services.returning import ask_after_return
from petitions.models import Petition
from petitions.services.sending import submit_paid_petition

log = logging.getLogger(__name__)


def finish_after_return(petition: Petition, *, at: datetime, wait: bool) -> Petition:
    """Ask the provider whether an unpaid petition is paid, and send it to review. Idempotent.

    `wait` is whether three seconds may pass when the provider does not answer. Must not run inside a
    transaction. A petition that cannot be sent on is left to the sweep.
    """
    if petition.state != Petition.State.UNPAID or petition.charge is None:
        return petition
    ask_after_return(petition.charge, at=at, wait=wait)
    try:
        return submit_paid_petition(petition, at=at)
    except Exception:
        log.exception("petition %s is left to the sweep", petition.reference)
        petition.refresh_from_db()
        return petition
