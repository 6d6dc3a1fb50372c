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
from petitions.models import Petition, Question
from renewals import tasks
from tests.audits.scenes import open_periods
from tests.lives.world import EXPIRES_ON, SWEEPS, ZONE, World, heard_at_once
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.scenes import PHOENIX, moment
from trainers.services import suspend_credential

GOLDEN = Path(__file__).parent / "golden"
NUMBER = "11934482"
DAY = timedelta(days=1)
Life = Callable[["Told"], None]


class Told:
    """One life and what was told in it: on each day that is looked at, only what has changed since the last."""

    def __init__(self, begins_on: str = "2027-03-12") -> None:
        self.world = World(moment(begins_on))
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
            tasks.plan_reminders()
            for task in (*SWEEPS, tasks.conclude_second_looks) if self.has_cases() else ():
                task()
        self.send_mail()

    def has_cases(self) -> bool:
        """Whether there is anything that the other sweeps could find; most days of a life have nothing."""
        return bool(self.world.application or Petition.objects.exists())

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
            shown["Public check"] = text_of(
                Client().post("/verify/", {"number": NUMBER, "family_name": "Rivera"}, follow=True)
            )
        self.lines.append(f"\n\n===== {world.now.astimezone(PHOENIX):%A, %Y-%m-%d %H:%M} =====")
        for name, words in shown.items():
            if self.before.get(name) != words:
                self.lines.append(f"\n{name}\n{fill(words, 118)}")
        self.before = shown
        for one in mail.outbox:
            words, _, _footer = one.body.partition("-- ")
            self.lines.append(f"\nMail: {one.subject}\n{words.strip()}")
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
    told.on(EXPIRES_ON - 30 * DAY)
    told.around(EXPIRES_ON)
    told.around(EXPIRES_ON + 90 * DAY)
    told.around(date(2028, 3, 13))


def everything_met(told: Told) -> None:
    """2.0 of 2.0 CEUs, and no renewal."""
    told.world.act("log_course")
    nothing_done(told)


def suspended(told: Told) -> None:
    """2.0 of 2.0 CEUs, and the certification is suspended when it expires."""
    told.world.act("log_course")
    told.look()
    lead = told.world.lead
    suspend_credential(
        told.world.cycle.credential, by=lead, at=told.world.now, on=told.world.today, reason="A complaint."
    )
    told.around(EXPIRES_ON)


def renewed_on_the_last_day(told: Told) -> None:
    """Submitted and paid on the expiration date; approved by itself, as nothing is drawn."""
    told.world.act("log_course")
    told.on(EXPIRES_ON)
    told.world.act("submit")
    told.look()
    told.world.act("pay")
    told.look()
    told.on(EXPIRES_ON + DAY)


def not_paid(told: Told) -> None:
    """Submitted on the expiration date, and paid neither then nor later."""
    told.world.act("log_course")
    told.on(EXPIRES_ON)
    told.world.act("submit")
    told.around(EXPIRES_ON + 7 * DAY)


def slow_bank(told: Told) -> None:
    """The bank has not said by the last day to pay whether it pays, and then it does."""
    told.world.act("log_course")
    told.on(EXPIRES_ON)
    told.world.act("submit")
    scenes.visit(told.world.application, "2027-03-14", state="confirming")
    told.around(EXPIRES_ON + 7 * DAY)
    told.world.act("pay")
    told.look()
    told.on(EXPIRES_ON + 9 * DAY)


def petition_not_answered(told: Told) -> None:
    """Received on the expiration date with a petition; its question is not answered, nor the renewal corrected."""
    rest_on_a_petition(told)
    told.world.now = moment("2027-03-25 11:00")
    told.world.act("question", 1)
    told.look()
    told.around(Question.objects.get().answer_through)
    told.around(told.world.application.correct_through)


def petition_denied(told: Told) -> None:
    """Received on the expiration date with a petition; denied late, looked at again, denied again, corrected."""
    rest_on_a_petition(told)
    told.around(Petition.objects.get().answer_due_on)
    told.world.act("decide_petition", 1, "deny")
    told.on(told.world.today + DAY)
    told.world.act("look_again", 1)
    told.look()
    told.world.now += 2 * DAY
    told.world.act("decide_petition", 1, "deny")
    told.on(told.world.today + DAY)
    told.world.act("log_course")
    told.look()
    told.world.act("correct")
    told.on(told.world.today + DAY)


def last_day_of_another_look(told: Told) -> None:
    """A petition is denied; the trainer may ask that somebody else looks through the 30th day."""
    told.world.act("ask_petition")
    told.world.act("pay_petition", 1)
    told.world.act("decide_petition", 1, "deny")
    told.around(told.world.today + 30 * DAY)


def audit_not_answered(told: Told) -> None:
    """Drawn; everything is on file, but one document is asked for again, and nothing comes."""
    be_audited(told)
    told.world.act("judge", "replace")
    told.world.act("ask_replacements")
    told.look()
    told.around(told.world.audit.due_on)


def audit_failed(told: Told) -> None:
    """Drawn; a document is refused, and somebody else looks at it again and passes it."""
    be_audited(told)
    told.world.act("judge", "refused")
    told.world.act("close_audit", "fail")
    told.on(told.world.today + DAY)
    told.world.act("look_again_at_renewal")
    told.look()
    told.world.act("judge", "accepted")
    told.world.act("close_audit", "pass")
    told.on(told.world.today + DAY)


def rest_on_a_petition(told: Told) -> None:
    told.world.act("ask_petition")
    told.world.act("pay_petition", 1)
    told.on(EXPIRES_ON)
    told.world.act("submit")
    told.world.act("pay")
    told.on(EXPIRES_ON + DAY)


def be_audited(told: Told) -> None:
    told.world.act("log_course")
    told.on(EXPIRES_ON)
    told.world.act("submit")
    told.world.act("pay")
    told.on(EXPIRES_ON + DAY)


LONG: tuple[Life, ...] = (nothing_done, everything_met)
LIVES: tuple[Life, ...] = (
    *(*LONG, suspended, renewed_on_the_last_day, not_paid, slow_bank),
    *(petition_not_answered, petition_denied, last_day_of_another_look, audit_not_answered, audit_failed),
)


def plain(lines: list[str]) -> str:
    """The text without what differs from run to run: references and the addresses of links."""
    text = "\n".join(lines).strip() + "\n"
    for number, code in enumerate(dict.fromkeys(re.findall(r"\b[RPA]-[0-9A-Z]{8}\b", text)), start=1):
        text = text.replace(code, f"{code[:2]}{number:08}")
    return re.sub(r"(/reminders/stop/|/payments/|Receipt number: )[^/\s]+", r"\1…", text)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
@pytest.mark.usefixtures("db", "storage")
def test_everything_shown_and_mailed_in_a_trainers_story_equals_its_golden_file(life, writes_goldens):
    open_periods(rate="1" if "audit" in life.__name__ else "0")
    with heard_at_once():
        told = Told("2026-09-13") if life in LONG else Told()
        life(told)
    path, written = GOLDEN / f"{life.__name__}.txt", plain(told.lines)
    if writes_goldens:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")
