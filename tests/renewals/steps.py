"""What trainers, banks and staff do to a renewal, in one line each."""

from datetime import datetime
from zoneinfo import ZoneInfo

from payments.facts import CheckoutFacts, Outcome
from payments.models import CheckoutSession
from payments.services import record_facts
from renewals import services
from renewals.attestation import VERSION
from renewals.models import Application
from trainers.models import Cycle

PHOENIX = ZoneInfo("America/Phoenix")


def moment(text: str) -> datetime:
    """Noon of a day in Phoenix, or the time given with it."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=PHOENIX)


def cycle_of(trainer) -> Cycle:
    return Cycle.objects.latest_of(trainer.credentials.get())


def submit(trainer, day: str, **agreed) -> Application:
    agreed = {"statement_version": VERSION, **agreed}
    return services.submit_application(cycle_of(trainer), by=trainer, at=moment(day), **agreed)


def visit(application, day: str, **changes) -> CheckoutSession:
    """The trainer is on the payment page."""
    charge = application.charge
    number = charge.sessions.count() + 1
    fields = {
        "idempotency_key": f"checkout-{charge.pk}-{number}",
        "provider_id": f"cs_test_{charge.pk}_{number}",
        "url": "http://127.0.0.1:9/pay/cs_test",
        "return_url": "http://testserver/renew/pay/return/",
        "cancel_url": "http://testserver/renew/pay/return/",
        "state": CheckoutSession.State.OPEN,
        "opened_at": moment(day),
        "expires_at": moment(day),
        **changes,
    }
    return CheckoutSession.objects.create(charge=charge, **fields)


def settle(application, day: str, *, heard: str | None = None) -> Application:
    """Money settles on `day`; the word of it arrives when it is `heard`. Signals wait for a commit."""
    charge = application.charge
    session = charge.sessions.first() or visit(application, day)
    facts = CheckoutFacts(
        outcome=Outcome.PAID,
        happened_at=moment(day),
        reference=session.idempotency_key,
        charge=str(charge.pk),
        provider_id=session.provider_id,
        payment_ref=f"pi_{session.pk}",
        amount_cents=charge.amount_cents,
        currency="USD",
        live=False,
    )
    record_facts(facts, at=moment(heard or day))
    application.refresh_from_db()
    return application


def pay(application, day: str) -> Application:
    """Money settles, and the renewal goes on."""
    settle(application, day)
    return services.complete_payment(application, at=moment(day))


def renew(trainer, day: str) -> Application:
    return pay(submit(trainer, day), day)


def close_page(application, day: str) -> None:
    """The payment page has ended, and the provider was asked about it."""
    application.charge.sessions.update(state="expired", ended_at=moment(day), asked_at=moment(day))
