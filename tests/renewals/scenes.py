"""Renewals led to each state by the services, and what trainers read on Home, in their calendar and by mail."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from core import clock
from outbox import sender
from outbox.models import Notice
from payments.facts import CheckoutFacts, Outcome
from payments.models import CheckoutSession
from payments.services import record_facts
from renewals import services, tasks
from renewals.attestation import attestation_for
from renewals.models import Application
from renewals.pages.calendar_feed import feed_address
from renewals.pages.home import HomeView, home_of
from rules.policy.load import load_policy
from tests import factories
from trainers import lookups
from trainers.models import Cycle, Trainer
from trainers.services.feed import make_feed

VERSION = attestation_for(load_policy().versions[0]).version
PHOENIX = ZoneInfo("America/Phoenix")
# The session, the trainer, the cycle with its credential, records, what was granted, newest application, petitions in hand,
# new messages.
HOME_QUERIES = 8


def moment(text: str) -> datetime:
    """Noon of a day in Phoenix, or the time given with it."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=PHOENIX)


def cycle_of(trainer) -> Cycle:
    return Cycle.objects.latest_of(trainer.credentials.get())


def submit(trainer, day: str, **agreed) -> Application:
    agreed = {"attestation_version": VERSION, **agreed}
    return services.submit_application(cycle_of(trainer), by=trainer, at=moment(day), **agreed)


def visit(application, day: str, **changes) -> CheckoutSession:
    """The trainer is on the payment page."""
    charge = application.charge
    number = charge.sessions.count() + 1
    fields = {
        "amount_cents": charge.due_cents,
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
    """Report that the payment was made on `day`; with `heard`, the report arrives on that later
    day. Signals wait for a commit.
    """
    charge = application.charge
    session = charge.sessions.first() or visit(application, day)
    facts = CheckoutFacts(
        outcome=Outcome.PAID,
        happened_at=moment(day),
        reference=session.idempotency_key,
        charge=str(charge.pk),
        provider_id=session.provider_id,
        payment_ref=f"pi_{session.pk}",
        amount_cents=session.amount_cents,
        currency="USD",
        live=False,
    )
    record_facts(facts, at=moment(heard or day))
    application.refresh_from_db()
    return application


def pay(application, day: str) -> Application:
    """Settle the payment, and let the renewal advance."""
    settle(application, day)
    return services.advance_application(application, at=moment(day))


def renew(trainer, day: str) -> Application:
    return pay(submit(trainer, day), day)


def close_page(application, day: str) -> None:
    """The payment page has ended, and the provider was asked about it."""
    application.charge.sessions.update(state="expired", ended_at=moment(day), asked_at=moment(day))


def home_on(day: str, trainer) -> HomeView:
    return home_of(lookups.cycle_of(trainer), today=date.fromisoformat(day))


def home_said(view: HomeView) -> tuple[str, str, str, str]:
    return view.state.tag, view.state.heading, view.state.line, view.state.button


def feed_path(trainer: Trainer) -> str:
    made = make_feed(trainer, by=trainer, at=moment("2026-01-01"))
    return feed_address(made).removeprefix("http://127.0.0.1:8000")


def feed_of(trainer: Trainer) -> bytes:
    answer = Client().get(feed_path(trainer))
    assert answer.status_code == 200
    return answer.content


def feed_entries(trainer: Trainer) -> dict[str, str]:
    """Each title with its date, as a calendar app would read them."""
    events = Calendar.from_ical(feed_of(trainer)).walk("VEVENT")
    return {str(one["summary"]): one.decoded("dtstart").isoformat() for one in events}


def feed_entry(trainer: Trainer, title: str):
    events = Calendar.from_ical(feed_of(trainer)).walk("VEVENT")
    return next(one for one in events if str(one["summary"]).startswith(title))


def queries_of(browser, path="/home/") -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def at_hour(day: str, hour: int = 12, minute: int = 0) -> datetime:
    return moment(f"{day} {hour:02}:{minute:02}")


def plan_and_send(moment: datetime) -> None:
    with clock.moved_to(moment.astimezone(UTC)):
        tasks.plan_reminders()
        sender.send_due()


def days_between(first: str, last: str):
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day.isoformat()
        day += timedelta(days=1)


def sent_titles() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(state="sent").order_by("ended_at", "pk")
    return [(f"{one.ended_at.astimezone(PHOENIX).date()}", one.title) for one in rows]


def live_days(first: str, last: str) -> None:
    """Both dates inclusive: a sweep after midnight, and one late in the morning."""
    for day in days_between(first, last):
        plan_and_send(at_hour(day, 0, 5))
        plan_and_send(at_hour(day, 10, 55))


def new_card(trainer, through: str, **fields):
    days = {name: date.fromisoformat(day) for name, day in fields.items()}
    days = {"completed_on": date.fromisoformat(through).replace(year=2025), **days}
    return factories.CardFactory(
        credential=trainer.credentials.get(), valid_through=date.fromisoformat(through), **days
    )
