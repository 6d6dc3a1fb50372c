"""A trainer's whole life as acts that a machine can choose: the trainer's, the staff's, and the clock's.

Each act calls the service that the page or the sweep calls, and refuses as it does. Jordan's cycle ends on March 14,
2027; there are 1.5 CEUs and a card of 0.1, so that a petition or a further course of 0.4 decides.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from audits import services as audits
from audits import tasks as audit_sweeps
from audits.models import Audit
from ceus.models import CeuRecord
from ceus.services import remove_record
from core import clock
from core.clock import date_of
from core.errors import Refusal
from petitions import services as petitions
from petitions import tasks as petition_sweeps
from petitions.models import Petition
from renewals import services as renewals
from renewals import tasks as renewal_sweeps
from renewals.models import Application
from renewals.status import certification_on, certifications_of
from tests import factories
from tests.audits.scenes import begin_clock
from tests.cast import colleague, trainer
from tests.petitions import scenes as petition_scenes
from tests.renewals import scenes as renewal_scenes
from tests.renewals.decided import reopen_application
from tests.renewals.scenes import VERSION
from trainers.models import Cycle

ZONE = "America/Phoenix"
EXPIRES_ON = date(2027, 3, 14)
HELD = timedelta(minutes=10)
MOST_PETITIONS = 2
SWEEPS = (
    *(petition_sweeps.close_unanswered, petition_sweeps.release_decisions, petition_sweeps.follow_fees),
    *(audit_sweeps.begin_clocks, audit_sweeps.close_overdue_audits, audit_sweeps.release_decisions),
    *(renewal_sweeps.finish_paid, renewal_sweeps.release_decisions),
    *(renewal_sweeps.lapse_unpaid, renewal_sweeps.deny_uncorrected),
)


@dataclass
class World:
    """One trainer, two reviewers and a lead; `now` moves only forward."""

    now: datetime
    asked: int = 0

    def __post_init__(self) -> None:
        self.jordan = trainer("jordan")
        for number, record in enumerate(factories.everything_met(self.jordan, education=150)):
            CeuRecord.objects.filter(pk=record.pk).update(title=("Strength", "CPR and AED")[number])
        self.reviewer, self.second = colleague("reviewer"), colleague("second_reviewer")
        self.lead = colleague("lead")
        self.cycle = Cycle.objects.get(credential__trainer=self.jordan)

    def act(self, name: str, *more: Any) -> None:
        """Do one act at the moment to which this life has come."""
        with clock.moved_to(self.now):
            getattr(self, name)(*more)

    # What there is

    @property
    def today(self) -> date:
        return date_of(self.now, ZONE)

    @property
    def application(self) -> Application | None:
        return Application.objects.filter(cycle=self.cycle).foremost().first()

    @property
    def audit(self) -> Audit | None:
        return Audit.objects.filter(cycle=self.cycle).order_by("-pk").first()

    def petition(self, number: int) -> Petition:
        found = list(Petition.objects.filter(trainer=self.jordan).order_by("pk"))
        if len(found) < number:
            raise Refusal("There is no such petition.")
        return found[number - 1]

    def is_certified(self, day: date) -> bool:
        """Return whether the public check shows the trainer as certified on `day`."""
        latest = Cycle.objects.latest_of(self.cycle.credential)
        application = Application.objects.filter(cycle=latest).foremost().first()
        found = certification_on(day, latest.credential, latest, application)
        noon = clock.moment_on(day, 12, ZONE)
        assert certifications_of([latest], noon) == {latest.pk: found}  # many at once get the same answers
        return found.certified

    # The clock

    def wait(self, days: int, *, sweeps: bool = True) -> None:
        """Let `days` pass; the sweeps run at 00:20 of each day in Phoenix, or not at all."""
        for _ in range(days):
            self.now += timedelta(days=1)
            if sweeps:
                self.sweep()

    def sweep(self) -> None:
        midnight = clock.moment_on(self.today, 0, ZONE) + timedelta(minutes=20)
        with clock.moved_to(midnight):
            for sweep in SWEEPS:
                sweep()

    # The trainer

    def log_course(self) -> None:
        """A further course of 0.4, completed today or on day 90."""
        factories.CeuRecordFactory(
            credential=self.cycle.credential,
            title="Mobility",
            hundredths=40,
            completed_on=min(self.today, EXPIRES_ON + timedelta(days=90)),
        )

    def remove_course(self) -> None:
        record = (
            self.cycle.credential.ceu_records.exclude(state="removed").filter(category="education").last()
        )
        if record is None:
            raise Refusal("There is no course.")
        remove_record(record, by=self.jordan, at=self.now)

    def ask_petition(self) -> None:
        number = Petition.objects.filter(trainer=self.jordan).count() + 1
        if number > MOST_PETITIONS:
            raise Refusal("A life has two petitions.")
        petition_scenes.unpaid(self.jordan, at=self.now, title=f"Course {number}")

    def pay_petition(self, number: int) -> None:
        found = self.petition(number)
        self._pay(found)
        petitions.submit_paid_petition(found, at=self.now)

    def withdraw_petition(self, number: int) -> None:
        petitions.withdraw_petition(self.petition(number), by=self.jordan, at=self.now)

    def answer(self, number: int) -> None:
        petitions.answer_question(self.petition(number), by=self.jordan, at=self.now, text="Four hours.")

    def take_time(self, number: int) -> None:
        petitions.take_more_time(self.petition(number), by=self.jordan, at=self.now)

    def look_again(self, number: int) -> None:
        petitions.ask_another_look(
            self.petition(number), by=self.jordan, at=self.now, why="Look at page two."
        )

    def submit(self) -> None:
        renewals.submit_application(self.cycle, by=self.jordan, at=self.now, attestation_version=VERSION)

    def pay(self) -> None:
        found = self._found()
        self._pay(found)
        renewals.advance_application(found, at=self.now)

    def withdraw(self) -> None:
        renewals.withdraw_application(self._found(), by=self.jordan, at=self.now)

    def correct(self) -> None:
        renewals.correct_application(self._found(), by=self.jordan, at=self.now)

    def look_again_at_renewal(self) -> None:
        renewals.look_again(self._found(), by=self.jordan, at=self.now, why="It is my name.")

    def send_documents(self) -> None:
        audits.send_documents(self._audit(), by=self.jordan, at=self.now)

    def say_unavailable(self) -> None:
        for item in self._audit().items.filter(unavailable_why="", verdict__in=("", "replace")):
            audits.say_unavailable(item, by=self.jordan, at=self.now, why="The provider has closed.")

    def ask_for_time(self) -> None:
        audits.ask_for_time(self._audit(), by=self.jordan, at=self.now, why="I am abroad.")

    # The staff

    def question(self, number: int) -> None:
        petitions.ask_question(self.petition(number), by=self.reviewer, at=self.now, text="How long was it?")
        self.asked += 1

    def decide_petition(self, number: int, verdict: str) -> None:
        found = self.petition(number)
        by = self.second if found.another_look_at else self.reviewer
        petition_scenes.decided(found, verdict, by=by, at=self.now)
        self.now += HELD

    def decide(self, verdict: str) -> None:
        words = "" if verdict == "approve" else "A course is not yours."
        found = self._found()
        made = renewals.decide_application(found, verdict=verdict, by=self.reviewer, at=self.now, words=words)
        renewals.release_renewal_decision(made, at=made.effective_at)
        self.now += HELD

    def reopen(self) -> None:
        through = self.today + timedelta(days=30)
        reopen_application(self._found(), by=self.lead, at=self.now, reason="Our error.", through=through)

    def tell_of_audit(self) -> None:
        """Record that the mail about the audit was accepted."""
        begin_clock(self._audit(), f"{self.now:%Y-%m-%d %H:%M}")

    def judge(self, verdict: str) -> None:
        words = "" if verdict == "accepted" else "It is another person's."
        audit = self._audit()
        by = self.second if audit.another_look_at else self.reviewer
        for item in audit.items.all():
            audits.judge_item(item, verdict=verdict, by=by, at=self.now, words=words)

    def close_audit(self, verdict: str) -> None:
        words = "" if verdict == "pass" else "The documents are not yours."
        audit = self._audit()
        by = self.second if audit.another_look_at else self.reviewer
        made = audits.close_audit(audit, verdict=verdict, by=by, at=self.now, words=words)
        audits.release_audit_decision(made, at=made.effective_at)
        self.now += HELD

    def ask_replacements(self) -> None:
        audit = self._audit()
        last_day = audit.due_on or self.today + timedelta(days=30)  # whoever has sent documents was told
        through = max(self.today + timedelta(days=14), last_day)
        audits.ask_replacements(audit, by=self.reviewer, at=self.now, through=through)

    # Helpers

    def _pay(self, case: Application | Petition) -> None:
        if case.charge is None or case.charge.state != "open":
            raise Refusal("There is nothing to pay.")
        with clock.moved_to(self.now):
            renewal_scenes.settle(case, f"{self.now.astimezone(renewal_scenes.PHOENIX):%Y-%m-%d %H:%M}")

    def _found(self) -> Application:
        if self.application is None:
            raise Refusal("There is no renewal.")
        return self.application

    def _audit(self) -> Audit:
        if self.audit is None:
            raise Refusal("There is no audit.")
        return self.audit


Step = tuple[str, Callable[[World], None]]


def per_petition(name: str, *more: str) -> Iterator[Step]:
    for number in (1, 2):
        yield (
            " ".join([name, *more, str(number)]),
            lambda world, number=number: world.act(name, number, *more),
        )


def plain(name: str, *more: str) -> Step:
    return " ".join([name, *more]), lambda world: world.act(name, *more)


TRAINERS_ACTS: tuple[Step, ...] = (
    *(plain(name) for name in ("log_course", "remove_course", "ask_petition", "submit", "pay", "withdraw")),
    *(plain(name) for name in ("correct", "look_again_at_renewal", "send_documents", "say_unavailable")),
    plain("ask_for_time"),
    *per_petition("pay_petition"),
    *per_petition("withdraw_petition"),
    *per_petition("answer"),
    *per_petition("take_time"),
    *per_petition("look_again"),
)
ACTS_OF_STAFF: tuple[Step, ...] = (
    *per_petition("question"),
    *per_petition("decide_petition", "approve"),
    *per_petition("decide_petition", "deny"),
    *(plain("decide", verdict) for verdict in ("approve", "return", "deny")),
    *(plain(name) for name in ("reopen", "tell_of_audit", "ask_replacements")),
    *(plain("judge", verdict) for verdict in ("accepted", "refused", "replace")),
    *(plain("close_audit", verdict) for verdict in ("pass", "fail")),
)


@contextmanager
def heard_at_once() -> Iterator[None]:
    """Run what waits for a commit at once: a life is one transaction that is never committed."""
    before = transaction.on_commit
    transaction.on_commit = lambda heard, **_: heard()
    try:
        yield
    finally:
        transaction.on_commit = before
