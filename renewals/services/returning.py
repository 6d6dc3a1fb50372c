"""Finish a renewal whose payer comes back from the payment page, without waiting for the webhook."""

import logging
from datetime import datetime

from payments.services.returning import ask_after_return
from renewals.models import Application
from renewals.services.advancing import advance_application

log = logging.getLogger(__name__)


def finish_after_return(application: Application, *, at: datetime, wait: bool) -> Application:
    """Ask the provider whether a submitted renewal is paid, and advance it. Idempotent.

    `wait` is whether three seconds may pass when the provider does not answer. Must not run inside a
    transaction. A renewal that cannot be advanced is left to the sweep.
    """
    if application.state != Application.State.SUBMITTED or application.charge is None:
        return application
    ask_after_return(application.charge, at=at, wait=wait)
    try:
        return advance_application(application, at=at)
    except Exception:
        log.exception("renewal %s is left to the sweep", application.reference)
        application.refresh_from_db()
        return application
