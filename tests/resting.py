"""A body with a way to rest: whoever renews as inactive is inactive through the next cycle, and comes back by a way that
only they may take. Jordan's cycle ends on March 14, 2027; the next one on March 14, 2029.
"""

from datetime import date

from django.test import Client

from core import clock
from renewals.models import Application
from tests.audits.scenes import open_periods
from tests.bodies import Follow, let_follow
from tests.renewals import scenes
from trainers.models import Cycle, Trainer

RESTING = """total = { value = "2.0" }
fees = [
    { code = "renewal", amount = "99.00" }, { code = "rest", amount = "40.00" }, { code = "back", amount = "25.00" },
]
paths = [
    { code = "credits", text = "By courses.", when = { not = { renewed_by = ["inactive"] } } },
    { code = "inactive", credits = false, status = "inactive", adds = ["rest"], in_place_of = ["renewal"], text = "Whoever does not work may rest." },
    { code = "back", credits = false, when = { renewed_by = ["inactive"] }, adds = ["back"], text = "The way back needs no courses." },
]
"""
DAY, INSIDE, LAST, OVER = "2027-03-02", "2028-06-01", "2029-03-14", "2029-03-15"
WAY_BACK = "2029-02-01"


def follow_resting(jordan: Trainer, follow_body: Follow, more: str = "", rate: str = "0") -> Cycle:
    """Let Jordan's certification follow the body, with a draw that takes `rate` of the renewals."""
    cycle = let_follow(jordan.credentials.get(), follow_body(RESTING + more))
    open_periods(rate=rate, policy_code="body")
    return cycle


def send_by(way: str, jordan: Trainer, browser: Client, day: str) -> Application:
    """Choose the way on its page and send the renewal on `day`, which is today."""
    assert clock.today("America/Phoenix") == date.fromisoformat(day)
    assert browser.post(f"/renew/way/{way}/").status_code == 302
    return scenes.submit(jordan, day)


def rest(jordan: Trainer, browser: Client) -> Cycle:
    """Renew as inactive on `DAY`, which is today, and return the cycle that it opens."""
    sent = scenes.pay(send_by("inactive", jordan, browser, DAY), DAY)
    assert (sent.state, sent.fee_total_cents) == ("approved", 4000)
    return Cycle.objects.latest_of(jordan.credentials.get())
