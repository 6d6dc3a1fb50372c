"""The work for each sweep that has a crash window, and what must have happened after the fault."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from audits import services as audits
from audits.models import Audit
from core import clock
from core.clock import moment_on
from core.history import record_history, subject_of
from documents.models import Document
from outbox import letters
from outbox.models import Notice
from outbox.notices import queue_notice
from payments.models import Charge, CheckoutSession
from payments.services.events import keep_event
from petitions import services as petitions
from petitions.models import Petition
from renewals.models import Application
from renewals.notice_codes import REMINDER
from tests import factories
from tests.audits import scenes as audit_scenes
from tests.cast import member
from tests.faults.stage import SEND, Stage
from tests.payments.scenes import paid, visit
from tests.petitions import scenes as petition_scenes
from tests.renewals import scenes as renewal_scenes
from trainers.models import Cycle, Trainer
from trainers.notice_codes import CHANGE

ZONE = "America/Phoenix"
HOLD = timedelta(minutes=11)  # a decision is pending for 10
GOOD = 6


@dataclass(frozen=True)
class Scene:
    """Work for one sweep: `prepare(stage, number)` makes it and returns a function that tells
    whether it is done.

    `task` is the task that passes the crash windows, and `plans` are those that must find what it
    left undone. `mode` is how the mail server answers until the fault has happened, `hour` and
    `minute` when it happens.
    """

    task: str
    prepare: Callable[[Stage, int], Callable[[], bool]]
    plans: tuple[str, ...] = ()
    mode: str = "open"
    hour: int = 12
    minute: int = field(default=30)

    def begin(self, stage: Stage, number: int, day: date) -> Callable[[], bool]:
        stage.set_clock(moment_on(day, self.hour, ZONE) + timedelta(minutes=self.minute))
        done = self.prepare(stage, number)
        for document in Document.objects.all():
            file = Path(default_storage.path(document.stored_as))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        return done


def _person(number: int, name: str, ends_in: int = 60) -> Trainer:
    """A trainer whose certification ends in so many days."""
    ends = clock.today(ZONE) + timedelta(days=ends_in)
    return _added(
        email=f"{name}.{number}@example.org",
        name=f"{name.title()} Rivera",
        number=f"{factories.Trainer.objects.count():08d}",
        awarded_on=str(ends.replace(year=ends.year - 6)),
        expires_on=str(ends),
    )


@transaction.atomic
def _met(trainer: Trainer) -> None:
    for record in factories.everything_met(trainer):
        change = ("", record.state)
        record_history(record, "accepted", trainer=trainer, by=None, at=_ago(), change=change)


@transaction.atomic
def _added(**fields: str) -> Trainer:
    """With the history that an import would have written."""
    trainer = factories.trainer_with_credential(**fields)
    credential = trainer.credentials.get()
    change = ("", credential.state)
    record_history(credential, "added", trainer=trainer, by=None, at=_ago(), change=change)
    return trainer


def _tell(trainer: Trainer, what: str) -> Notice:
    return queue_notice(
        CHANGE,
        subject=f"{what}:{trainer.pk}",
        event="once",
        trainer=trainer,
        send_at=clock.now(),
        payload={"mail": "password_set"},
    )


def _mails(stage: Stage, number: int) -> Callable[[], bool]:
    """Six plain ones, one asked to wait, one refused, two that are no longer due."""
    jordan, busy, gone = (_person(number, name) for name in ("jordan", "busy", "gone"))
    wanted = {_tell(jordan, f"Thing {n}").pk: "sent" for n in range(GOOD)}
    wanted |= {_tell(busy, "Thing").pk: "sent", _tell(gone, "Thing").pk: "failed"}
    cycle = subject_of(renewal_scenes.cycle_of(jordan))
    for event in ("before_30:2001-01-01", "before_14:2001-01-01"):
        late = queue_notice(REMINDER, subject=cycle, event=event, trainer=jordan, send_at=clock.now())
        wanted[late.pk] = "superseded"
    return lambda: dict(Notice.objects.filter(pk__in=wanted).values_list("pk", "state")) == wanted


def _reminders(stage: Stage, number: int) -> Callable[[], bool]:
    """Five whose certification ends in 30 days, and a stranger's that ends later."""
    people = [_person(number, f"drew{n}", ends_in=30) for n in range(5)]
    stranger = _person(number, "stranger", ends_in=47)
    Cycle.objects.filter(credential__trainer__in=people).update(remind_on=clock.today(ZONE))

    def done() -> bool:
        told = Notice.objects.filter(kind=REMINDER, state="sent")
        of_each = told.filter(trainer__in=people).values_list("trainer").distinct().count()
        return (of_each, told.filter(trainer__in=people).count()) == (5, 5) and not stranger.notices.exists()

    return done


def _digest(stage: Stage, number: int) -> Callable[[], bool]:
    """Something failed, and three people may see it."""
    failed = _tell(_person(number, "gone"), "Thing")
    Notice.objects.filter(pk=failed.pk).update(state="failed", ended_at=clock.now())
    Trainer.objects.filter(is_staff=True).update(is_active=False)
    for n in range(3):
        member(f"root{n}.{number} Staff", is_superuser=True)
    told = Notice.objects.filter(kind="staff.digest", state="sent", event=str(clock.today(ZONE)))
    return lambda: told.count() == told.values("trainer").distinct().count() == 3


def _letter(stage: Stage, number: int) -> Callable[[], bool]:
    """A letter to five; a stranger is on no list."""
    people = [_person(number, f"jordan{n}") for n in range(5)]
    stranger, lead = _person(number, "stranger"), member(f"lead.{number} Staff", is_superuser=True)
    letter = letters.write_letter(
        by=lead, at=_ago(), title=f"Closed {number}", words="Hello.", audience="certified"
    )
    letters.approve_letter(letter, recipients=[one.pk for one in people], by=lead, at=_ago())

    def done() -> bool:
        told = Notice.objects.filter(kind="outbox.letter", state="sent", trainer__in=people)
        reached = told.values("trainer").distinct().count()
        return (reached, told.count()) == (5, 5) and not stranger.notices.exists()

    return done


def _unpaid(number: int, name: str) -> Petition:
    return petition_scenes.unpaid(_person(number, name, ends_in=200), at=_ago(), **_studied())


def _studied() -> dict[str, date]:
    day = clock.today(ZONE) - timedelta(days=20)
    return {"began_on": day, "completed_on": day}


def _ago(minutes: int = 5) -> datetime:
    return clock.now() - timedelta(minutes=minutes)


def _visit(charge: Charge) -> CheckoutSession:
    return visit(charge, opened_at=_ago(30), expires_at=_ago(-30))


def _payments(stage: Stage, number: int) -> Callable[[], bool]:
    """Two petitions whose payment was reported and not acted on."""
    made = [_unpaid(number, f"petra{n}") for n in range(2)]
    for one in made:
        page = _visit(one.charge)
        keep_event(paid(page, name=f"evt_{page.pk}", at=_ago()), at=_ago())
    rows = Petition.objects.filter(pk__in=[one.pk for one in made])
    return lambda: rows.filter(state="submitted").count() == 2 == _told("petitions.received", rows)


def _petitions(stage: Stage, number: int) -> Callable[[], bool]:
    """Three petitions whose approval takes effect now."""
    judge = member(f"ana.{number} Lee", permissions=("decide_petition",))
    made = []
    for n in range(3):
        petition = _unpaid(number, f"petra{n}")
        _visit(petition.charge)
        renewal_scenes.settle(petition, str(clock.today(ZONE)))
        made.append(petitions.submit_paid_petition(petition, at=_ago()))
        petitions.decide_petition(made[-1], verdict="approve", by=judge, at=clock.now() - HOLD)
    rows = Petition.objects.filter(pk__in=[one.pk for one in made])
    return lambda: rows.filter(state="approved").count() == 3 == _told("petitions.approved", rows)


def _audits(stage: Stage, number: int) -> Callable[[], bool]:
    """Two audits whose decision takes effect now, each of a renewal that is paid."""
    rita = member(f"rita.{number} Reviewer", "reviewer")
    day, made = str(clock.today(ZONE)), []
    for n in range(2):
        trainer = _person(number, f"audra{n}")
        _met(trainer)
        application = renewal_scenes.submit(trainer, day)
        _visit(application.charge)
        renewal_scenes.pay(application, day)
        audit = audit_scenes.begin_clock(Audit.objects.get(cycle=application.cycle), f"{day} 12:05")
        audit = audits.send_documents(audit, by=trainer, at=_ago(20))
        audit_scenes.judge(audit, rita, at=day)
        audits.close_audit(audit, verdict="pass", by=rita, at=clock.now() - HOLD, words="")
        made.append(trainer)
    rows = Application.objects.filter(trainer__in=made)
    print([(r.state) for r in rows])
    return lambda: rows.filter(state="approved").count() == 2 == _told("renewals.renewed", rows)


def _told(kind: str, rows: "object") -> int:
    subjects = [subject_of(row) for row in rows.all()]
    return Notice.objects.filter(kind=kind, subject__in=subjects, state="sent").count()


MAILS = Scene(SEND, _mails)
DOWN = Scene(SEND, _mails, mode="421")
SLOW = Scene(SEND, _mails, mode="slow")
PLAN = "renewals.tasks.plan_reminders"
REMINDERS = Scene(PLAN, _reminders, (PLAN,), hour=10, minute=45)
DIGEST = Scene("staff.tasks.queue_digests", _digest, ("staff.tasks.queue_digests",))
LETTERS = Scene("outbox.tasks.queue_letters", _letter, ("outbox.tasks.queue_letters",))
RELEASE = "petitions.tasks.release_decisions"
PETITIONS = Scene(RELEASE, _petitions, (RELEASE,))
PAYMENTS = Scene(
    "payments.tasks.reconcile_payments",
    _payments,
    ("payments.tasks.reconcile_payments", "petitions.tasks.submit_paid"),
)
CLOSE = "audits.tasks.release_decisions"
AUDITS = Scene(CLOSE, _audits, (CLOSE, "renewals.tasks.finish_paid"))

# Each window that a worker passes: in which scene, how often at most, and whether others work while it is frozen there.
POINTS: dict[str, tuple[Scene, int, bool]] = {
    "sender.claiming": (MAILS, 1, False),
    "sender.holding": (MAILS, 1, False),
    "sender.claimed": (MAILS, 1, True),
    "sender.checked": (MAILS, 1, True),
    "sender.superseding": (MAILS, 2, True),
    "sender.opened": (MAILS, GOOD, True),
    "sender.accepted": (MAILS, GOOD, True),
    "sender.ended": (MAILS, GOOD, True),
    "sender.refused": (MAILS, 1, True),
    "sender.marked": (MAILS, 1, True),
    "sender.delayed": (MAILS, 1, True),
    "sender.extended": (SLOW, 1, True),
    "sender.releasing": (DOWN, 1, True),
    "reminders.queued": (REMINDERS, 1, False),
    "reminders.planned": (REMINDERS, 1, True),
    "digest.queued": (DIGEST, 3, True),
    "letter.queued": (LETTERS, 1, False),
    "sweep.stepped": (PETITIONS, 3, True),
    "petition.decided": (PETITIONS, 3, True),
    "audit.closed": (AUDITS, 2, True),
    "charge.settled": (PAYMENTS, 2, True),
}
# The one window at which a second copy may be sent, with the same Message-ID.
ACCEPTED = "sender.accepted"
