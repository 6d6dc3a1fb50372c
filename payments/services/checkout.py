"""Open the provider's payment page for a charge: commit the row, ask the provider, return the
URL.
"""

import logging
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from core.errors import Refusal
from core.faults import faultpoint
from core.history import record_history
from payments import gateway
from payments.errors import ForStaff, ProviderDown, ProviderRefused
from payments.models import Charge, CheckoutSession
from payments.services.charges import lock_charge
from payments.services.settlement import ask_provider, end_unseen, record_facts
from trainers.models import Trainer

log = logging.getLogger(__name__)
State = CheckoutSession.State
UNANSWERED = timedelta(minutes=2)  # a page without an answer for so long is replaced
LONGEST = timedelta(hours=23)


def open_checkout(charge: Charge, *, by: Trainer, at: datetime, return_url: str, cancel_url: str) -> str:
    """Return the URL of the charge's only open payment page: the same for every tab and click that
    gives the same `return_url`.

    Must not run inside a transaction, because it asks the provider. Raises Refusal with code paid,
    void, confirming, too_late or provider_down; in each case this call charged nothing.
    """
    for _ in range(3):  # a page that has ended, asks for more than is due or leads elsewhere is replaced once
        session = _reuse_or_open_session(charge, by=by, at=at, return_url=return_url, cancel_url=cancel_url)
        elsewhere = session.return_url != return_url
        try:
            session = _ask_and_record(session, at=at, replace=elsewhere)
        except (ForStaff, ProviderDown, ProviderRefused) as error:
            log.warning("payment page for charge %s: %s", charge.pk, error)
            return _concurrent_address(session)
        fits = session.amount_cents == session.charge.due_cents and not elsewhere
        if session.state == State.OPEN and fits:
            return session.url
    raise _not_reached()


def _concurrent_address(session: CheckoutSession) -> str:
    """Return the URL that another click on the same button received meanwhile. Raises Refusal when
    there is none yet.
    """
    session.refresh_from_db()
    if session.state != State.OPEN:
        raise _not_reached()
    return session.url


def _not_reached() -> Refusal:
    sentence = "We could not reach the payment service. Nothing was charged. Try again in a few minutes."
    return Refusal(sentence, code="provider_down")


def _ask_and_record(session: CheckoutSession, *, at: datetime, replace: bool) -> CheckoutSession:
    if session.provider_id is None:
        faultpoint("checkout.row_committed")
        facts = gateway.ask_for_page(session)
        faultpoint("checkout.answered")
        return record_facts(facts, at=at)
    return ask_provider(session, at=at, replace=replace)


@transaction.atomic(durable=True)
def _reuse_or_open_session(
    charge: Charge, *, by: Trainer, at: datetime, return_url: str, cancel_url: str
) -> CheckoutSession:
    """Return the charge's unfinished visit, or a new row for one. The row is committed before the
    provider is asked.
    """
    charge = lock_charge(charge.pk)
    _refuse_unless_due(charge, at=at)
    living = charge.sessions.living().first()
    if living is not None and living.state == State.CONFIRMING:
        raise Refusal(
            "We are waiting for your bank. There is nothing to do: we will email you.", code="confirming"
        )
    if living is not None and living.provider_id is None and _is_useless(living, charge, at=at):
        end_unseen(living, at=at)
        living = None
    if living is None:
        living = _open_session(charge, by=by, at=at, return_url=return_url, cancel_url=cancel_url)
    living.charge = charge
    return living


def _is_useless(session: CheckoutSession, charge: Charge, *, at: datetime) -> bool:
    """Return whether a visit without a URL is given up: the provider takes too long to answer, or
    the page would ask for more than is due.
    """
    return session.opened_at <= at - UNANSWERED or session.amount_cents != charge.due_cents


def _refuse_unless_due(charge: Charge, *, at: datetime) -> None:
    if charge.state == Charge.State.PAID:
        raise Refusal("This is already paid. Nothing more was charged.", code="paid")
    if charge.state == Charge.State.VOID:
        raise Refusal("This no longer needs to be paid. Nothing was charged.", code="void")
    if charge.pay_by and charge.pay_by <= at:
        raise Refusal("The time to pay has ended. Nothing was charged.", code="too_late")


def _open_session(
    charge: Charge, *, by: Trainer, at: datetime, return_url: str, cancel_url: str
) -> CheckoutSession:
    session = CheckoutSession.objects.create(
        charge=charge,
        amount_cents=charge.due_cents,
        idempotency_key=f"checkout-{secrets.token_hex(16)}",
        return_url=return_url,
        cancel_url=cancel_url,
        opened_at=at,
        expires_at=min(at + LONGEST, charge.pay_by or at + LONGEST),
    )
    record_history(session, "opening", trainer=charge.trainer, by=by, at=at, change=("", session.state))
    return session
