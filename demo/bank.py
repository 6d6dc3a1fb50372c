"""The payment stand-in while the demo is loaded: real pages and real webhooks, dated on the days of
the demo's story.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings

from core import clock
from demo.standin.provider import Provider
from demo.standin.server import StandIn
from payments.models import Charge
from payments.services.checkout import open_checkout
from payments.services.events import receive_event
from payments.services.refunds import send_refund
from payments.services.settlement import ask_provider


class Bank:
    """The payment stand-in, called directly while the demo is loaded. The stand-in of the running
    portal later continues with its data file.
    """

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in

    def open_page(self, charge: Charge, *, at: datetime) -> str:
        """Open the payment page of a charge; return the page's id at the provider."""
        with clock.moved_to(at):
            back = f"{settings.PORTAL_URL}/home/"
            open_checkout(charge, by=charge.trainer, at=at, return_url=back, cancel_url=back)
        return str(charge.sessions.latest("opened_at").provider_id)

    def pay(self, charge: Charge, *, at: datetime) -> None:
        page = self.open_page(charge, at=at)
        with clock.moved_to(at):
            self.stand_in.provider.pay(page)
            self.stand_in.deliver_due()

    def decline(self, charge: Charge, *, at: datetime) -> None:
        page = self.open_page(charge, at=at)
        with clock.moved_to(at):
            self.stand_in.provider.decline(page)
            self.stand_in.deliver_due()

    def pay_through_slow_bank(self, charge: Charge, *, at: datetime, answers_at: datetime) -> str:
        """Pay a charge through a bank that confirms only at `answers_at`; return the id of the
        payment page.
        """
        name = self.open_page(charge, at=at)
        with clock.moved_to(at):
            self.stand_in.provider.wait_for_bank(name)
            page = self.stand_in.provider.page(name)
            page["x_bank_answers_at"] = int(answers_at.timestamp())
            self.stand_in.store.put("session", page)
            self.stand_in.deliver_due()
        return name

    def answer(self, page: str, *, yes: bool, at: datetime) -> None:
        with clock.moved_to(at):
            self.stand_in.provider.bank_answers(page, yes=yes)
            self.stand_in.deliver_due()

    def ask(self, charge: Charge, *, at: datetime) -> None:
        """Ask the provider about every payment page of a charge that has not ended, as the sweep
        does.
        """
        with clock.moved_to(at):
            for session in charge.sessions.living().select_related("charge__trainer"):
                ask_provider(session, at=at)

    def change_at_provider(self, what: Callable[[Provider], object], *, at: datetime) -> None:
        """Call `what` at the moment `at` to change something at the provider, and deliver the
        events to the portal.
        """
        with clock.moved_to(at):
            what(self.stand_in.provider)
            self.stand_in.deliver_due()

    def return_money(self, charge: Charge, *, at: datetime) -> None:
        with clock.moved_to(at):
            for refund in charge.refunds.select_related("payment", "charge"):
                send_refund(refund, at=at)
            self.stand_in.deliver_due()

    def close_the_day(self, *, at: datetime) -> None:
        """Expire the payment pages whose time is over at `at`, and deliver their events to the
        portal.
        """
        with clock.moved_to(at):
            self.stand_in.deliver_due()


@contextmanager
def open_bank() -> Iterator[Bank]:
    """Serve the stand-in on a free port of this machine, and make the portal use it."""
    stand_in = StandIn(
        port=0,
        file=settings.VAR_DIR / "payment_stand_in.sqlite3",
        key=settings.STRIPE_API_KEY,
        secret=settings.STRIPE_WEBHOOK_SECRETS[0],
        post=_hand_over,
    )
    logging.getLogger("stripe").setLevel(logging.WARNING)  # it logs every request
    before, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, stand_in.base
    stand_in.start(delivering=False)
    try:
        yield Bank(stand_in)
    finally:
        stand_in.stop()
        settings.STRIPE_API_BASE = before


def _hand_over(body: bytes, signature: str) -> int:
    receive_event(json.loads(body), at=clock.now())
    return 200
