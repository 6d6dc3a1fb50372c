"""What the payment provider paid out to the body's bank: every month at first, every week later.
One payout was sent back by the bank, and one payment in the payouts is missing in our ledger.
"""

from datetime import UTC, date, datetime, timedelta

from core import clock
from demo.stage import Stage
from demo.standin import back, payouts
from demo.standin.provider import Provider
from payments.models import Payout
from payments.tasks import follow_payouts

WEEKS, WEEK = 10, timedelta(days=7)
WORKSHOP_CENTS = 4500


def pay_out_past(stage: Stage) -> None:
    """Let every past payout happen on its day, and the portal read it."""
    if not stage.bank.stand_in.store.every("balance_transaction"):
        stage.say("Payouts: nothing was ever paid")
        return
    days = [day for day in _payout_days(stage) if day < stage.today]
    stage.bank.change_at_provider(
        lambda provider: back.take_on_site(provider, WORKSHOP_CENTS, stage.policy.currency.lower()),
        at=stage.moment(days[-1] - WEEK),
    )
    for day in days:
        stage.bank.change_at_provider(payouts.pay_out, at=stage.moment(day))
        if day == days[-2]:
            stage.bank.change_at_provider(_send_newest_back, at=stage.moment(day + timedelta(days=1)))
    with clock.moved_to(stage.moment(days[-1], timedelta(hours=1))):
        while Payout.objects.unread().exists() and follow_payouts()["read"]:
            pass
    stage.say(f"Payouts: {Payout.objects.count()}")


def _send_newest_back(provider: Provider) -> None:
    newest = provider.store.every("payout")[-1]
    payouts.send_payout_back(provider, newest["id"])


def _payout_days(stage: Stage) -> list[date]:
    """Return the first of each month since money moved, then the Mondays of the last weeks."""
    movements = stage.bank.stand_in.store.every("balance_transaction")
    began = datetime.fromtimestamp(min(row["created"] for row in movements), UTC)
    first = clock.date_of(began, stage.policy.time_zone)
    monday = stage.today - timedelta(days=stage.today.weekday())
    weekly = [monday - WEEK * number for number in range(WEEKS, -1, -1)]
    month, monthly = first.replace(day=1), []
    while month < weekly[0]:
        monthly.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return [*monthly, *weekly]
