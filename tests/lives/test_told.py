"""What a trainer is told on the days before, of and after each boundary of a life: Home, the pages of what is open, the
public check and every mail, word for word. After a change: `pytest tests/lives --write-goldens`, then read what git shows.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from textwrap import fill

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from core import clock
from outbox.models import Notice
from outbox.sender import send_due
from petitions.models import Petition
from renewals import tasks
from tests.audits.scenes import open_periods
from tests.lives.world import EXPIRES_ON, SWEEPS, ZONE, World, heard_at_once
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.scenes import PHOENIX, moment
from trainers.models import Credential

GOLDEN = Path(__file__).parent / "golden"
NUMBER = "11934482"
DAY = timedelta(days=1)
Life = Callable[["Told"], None]


class Told:
    """One life and what was told in it: on each day that is looked at, only what has changed since the last."""

    def __init__(self) -> None:
        self.world = World(moment("2026-09-14"))
        self.before: dict[str, str] = {}
        self.lines: list[str] = []
        self.browser = Client()
        self.browser.force_login(self.world.jordan)

    def around(self, last_day: date, *, days: int = 1) -> None:
        """Look on the day before `last_day`, on it, and on the first `days` after it."""
        for offset in range(-1, days + 1):
            self.on(last_day + offset * DAY)

    def on(self, day: date) -> None:
        """Let the days up to `day` pass, with their sweeps and mails, and look at noon."""
        while self.world.today < day:
            self.world.now += DAY
            self.sweep()
        self.look()

    def sweep(self) -> None:
        with clock.moved_to(clock.moment_on(self.world.today, 0, ZONE) + timedelta(minutes=20)):
            for task in (*SWEEPS, tasks.plan_reminders, tasks.conclude_second_looks):
                task()
        self.send_mail()

    def send_mail(self) -> None:
        """Send what is due by noon, each at its time."""
        sent = set()
        due = Notice.objects.unsent().filter(send_at__lte=self.world.now, retry_at=None).order_by("send_at")
        while notice := due.exclude(pk__in=sent).first():
            sent.add(notice.pk)
            with clock.moved_to(notice.send_at):
                send_due(connection=EmailBackend())

    def look(self) -> None:
        """Write down what is told now."""
        world = self.world
        self.send_mail()
        with clock.moved_to(world.now):
            shown = {name: text_of(self.browser.get(path)) for name, path in self.paths()}
            shown["Public check"] = text_of(Client().post("/verify/", {"number": NUMBER, "family_name": "Rivera"}, follow=True))
        self.lines.append(f"\n\n===== {world.now.astimezone(PHOENIX):%A, %Y-%m-%d %H:%M} =====")
        for name, words in shown.items():
            if self.before.get(name) != words:
                self.lines.append(f"\n{name}\n{fill(words, 118)}")
        self.before = shown
        for one in mail.outbox:
            self.lines.append(f"\nMail: {one.subject}\n{one.body.strip()}")
        mail.outbox.clear()

    def paths(self) -> Iterator[tuple[str, str]]:
        yield "Home", "/home/"
        if self.world.application:
            yield "The renewal", f"/renew/{self.world.application.reference}/"
        for petition in Petition.objects.order_by("pk"):
            yield f"The petition {petition.title}", f"/petitions/{petition.reference}/"
        if self.world.audit:
            yield "The audit", f"/audit/{self.world.audit.reference}/"


def nothing_done(told: Told) -> None:
    """1.6 of 2.0 CEUs, and no renewal."""
    told.around(date(2026, 9, 15))
    told.around(EXPIRES_ON - 30 * DAY, days=0)
    told.around(EXPIRES_ON)
    told.around(EXPIRES_ON + 90 * DAY)
    told.around(date(2028, 3, 13), days=2)


def everything_met(told: Told) -> None:
    """2.0 of 2.0 CEUs, and no renewal."""
    told.world.log_course()
    nothing_done(told)


def renewed_on_the_last_day(told: Told) -> None:
    """Submitted and paid on the expiration date; approved by itself, as nothing is drawn."""
    told.world.log_course()
    told.on(EXPIRES_ON)
    told.world.submit()
    told.look()
    told.world.pay()
    told.look()
    told.around(EXPIRES_ON + DAY)


def not_paid(told: Told) -> None:
    """Submitted on the expiration date, and paid neither then nor later."""
    told.world.log_course()
    told.on(EXPIRES_ON)
    told.world.submit()
    told.around(EXPIRES_ON + 7 * DAY)


def slow_bank(told: Told) -> None:
    """The bank has not said by the last day to pay whether it pays, and then it does."""
    told.world.log_course()
    told.on(EXPIRES_ON)
    told.world.submit()
    scenes.visit(told.world.application, "2027-03-14", state="confirming")
    told.around(EXPIRES_ON + 7 * DAY)
    told.world.pay()
    told.look()


def rests_on_a_petition(told: Told) -> None:
    """Received on the expiration date with a petition, which is asked about, not answered and closed."""
    rests(told)
    told.around(date(2027, 3, 29), days=2)
    told.world.question(1)
    told.look()
    told.around(date(2027, 4, 14), days=1)
    told.around(told.world.application.submission.correct_through)
    told.around(told.world.today + 30 * DAY)


def rests(told: Told) -> None:
    told.world.ask_petition()
    told.world.pay_petition(1)
    told.on(EXPIRES_ON)
    told.world.submit()
    told.look()
    told.world.pay()
    told.look()


LIVES: tuple[Life, ...] = (
    *(nothing_done, everything_met, renewed_on_the_last_day, not_paid, slow_bank),
    *(rests_on_a_petition,),
)


def plain(lines: list[str]) -> str:
    """The text without what differs from run to run: references and the addresses of links."""
    text = "\n".join(lines).strip() + "\n"
    for number, code in enumerate(dict.fromkeys(re.findall(r"\b[RPA]-[0-9A-Z]{8}\b", text)), start=1):
        text = text.replace(code, f"{code[:2]}{number:08}")
    return re.sub(r"(/reminders/stop/)[^/\s]+|(/c/)[0-9A-Za-z-]+", r"\1\2…", text)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
@pytest.mark.usefixtures("db", "storage")
def test_all_that_is_told_in_a_life_is_its_golden_file(life, writes_goldens):
    open_periods(rate="1" if "audit" in life.__name__ else "0")
    with heard_at_once():
        told = Told()
        life(told)
    path, written = GOLDEN / f"{life.__name__}.txt", plain(told.lines)
    if writes_goldens:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")
