"""What waits at the desk on the morning of a day that a test plays, made in a copy of the demo, and what is so at its end.

Run by `manage.py shell`. Everybody here is known by name, so that outcomes are written out in the test.
"""

import json
import sys
from collections import Counter
from datetime import timedelta

from django.db.models import Sum
from django.utils.module_loading import import_string

from audits.models import Audit
from ceus.models import Course
from ceus.services.logging import log_course
from core import clock
from demo.audits import audit_for_cause
from demo.bank import open_bank
from demo.evidence import certificate_pdf
from demo.learning import Learning
from demo.load import without_waiting_for_the_disk
from demo.person import Person
from demo.petitions import pay_petition, write_petition
from demo.roster import bring_in
from demo.stage import Stage
from demo.stories import pay_renewal, submit_renewal
from outbox.models import Notice
from payments.models import LedgerEntry, Refund
from petitions.models import Petition
from recert.schedule import SCHEDULE
from renewals.models import Application
from rules.policy.load import load_policy
from tests import factories
from tests.browser.people import not_chosen
from tests.cast import member
from trainers.invitation_links import token_for_invitation
from trainers.models import Credential, Cycle, Invitation, Trainer
from trainers.roster import cells
from trainers.services.searching import index_what_is_behind

PETITIONS, AUDITS = 20, 10
FIVE = ("0.6", "0.5", "0.4", "0.4")  # four courses, and a card
COLLEAGUES = {"second": ("Ben Osei", "reviewer"), "till": ("Priya Patel", "finance")}
PEOPLE = (
    *(Person(f"day{n}", f"Day {w}", f"3000000{n}", 60 + n, learned_through=-20, education=FIVE if n == 0 else ("0.6",) * 3 + ("0.1",))
      for n, w in enumerate("Zero One Two Three Four Five Six Seven Eight Nine".split())),
    Person("ext", "Extra Time", "30000021", 20, ("0.4",), learned_through=-20),
    Person("fee", "Fee Waived", "30000022", -20, learned_through=-30),
    Person("twice", "Paid Late", "30000023", -10, learned_through=-30),
)  # fmt: skip


def make_morning() -> None:
    """Make everything that waits, and two more colleagues."""
    factories.CourseFactory.reset_sequence(30_000_000, force=True)
    cells.new_draw_id = not_chosen  # a roster brings them in
    now, policy = clock.now(), load_policy()
    staff = {one.email.partition("@")[0]: one for one in Trainer.objects.filter(is_staff=True)}
    with open_bank() as bank, without_waiting_for_the_disk():
        stage = Stage(now, clock.date_of(now, policy.time_zone), policy, bank, lambda _: None, staff=staff)
        bring_in(stage, PEOPLE)
        _study(stage)
        _send_petitions(stage)
        for person in PEOPLE[:AUDITS]:
            audit_for_cause(stage, *_here(person), -6)
        late = submit_renewal(stage, *_here(PEOPLE[-1]), -2)
        pay_renewal(stage, late, -2)
    factories.TrainerFactory(name="Extra Tyme", email="tyme@example.org")  # the other account of Extra Time
    list(index_what_is_behind(most=100))
    for login, (name, group) in COLLEAGUES.items():
        member(name, group, email=f"{login}@example.org")


def _here(person: Person) -> tuple[Trainer, Cycle]:
    trainer = Trainer.objects.get(email=person.email)
    return trainer, Cycle.objects.latest_of(trainer.credentials.get())


def _study(stage: Stage) -> None:
    learning = Learning(stage, list(Course.objects.order_by("pk")))
    for person in PEOPLE:
        trainer, cycle = _here(person)
        learning.study(trainer, cycle, person.education, through=stage.day(person.learned_through))
        learning.renew_card(trainer, cycle, stage.day(person.card or 300))
    course = factories.CourseFactory(title="Squat Clinic", slug="squat-clinic", hundredths=40)
    for person in PEOPLE[AUDITS : AUDITS + 2]:
        trainer, cycle = _here(person)
        at, day = stage.moment(-40), stage.day(-41)
        proof = certificate_pdf(trainer, course.title, course.provider.name, "0.4 CEUs", day, at=at)
        log_course(
            cycle.credential,
            course=course,
            completed_on=day,
            certificate=proof,
            by=trainer,
            at=at,
            today=stage.today,
        )


def _send_petitions(stage: Stage) -> None:
    """One for each of twenty people of the crowd, sent on the day before."""
    able = Credential.objects.filter(number__startswith="20", cycles__expires_on__gte=stage.day(1))
    free = able.filter(state="in_force", petitions=None).select_related("trainer").order_by("pk").distinct()
    for number, credential in enumerate(free[:PETITIONS]):
        course = (f"Mobility Lab {number + 1}", "Riverbend Physiotherapy", "0.4")
        pay_petition(stage, write_petition(stage, credential, course, -1), -1)


def end_day() -> None:
    """Let the schedule run an hour later, when nothing can be undone any more; mails stay in the outbox."""
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        for task in (one for one in SCHEDULE if "outbox" not in one):
            import_string(task)()
        for _ in range(100):
            if not Refund.objects.filter(state=Refund.State.REQUESTED).exists():
                break
            import_string("payments.tasks.reconcile_payments")()
    _say({})


def read_day() -> None:
    """Print, as JSON, what stands in the database: states of what is ours, mails by kind, sums of the ledger."""
    numbers = [one.number for one in PEOPLE]
    ours = Petition.objects.filter(title__startswith="Mobility Lab")
    audits = Audit.objects.filter(cycle__credential__number__in=numbers)
    renewals = Application.objects.filter(cycle__credential__number__in=numbers)
    _say(
        {
            "petitions": Counter(ours.values_list("state", flat=True)),
            "audits": Counter(audits.values_list("state", flat=True)),
            "renewals": Counter(renewals.values_list("state", flat=True)),
            "mails": Counter(Notice.objects.values_list("kind", flat=True)),
            "ledger": dict(
                LedgerEntry.objects.order_by("kind").values_list("kind").annotate(Sum("amount_cents"))
            ),
        }
    )


def _say(found: object) -> None:
    sys.stdout.write(json.dumps(found))


def say_join_link(email: str) -> None:
    """Print the address in the mail of an invitation, without its host."""
    sys.stdout.write(f"/staff/join/{token_for_invitation(Invitation.objects.get(person__email=email))}/")


def say_code(email: str) -> None:
    """Print the newest code to sign in that waits in the outbox."""
    notice = Notice.objects.filter(trainer__email=email, kind="account.code").latest("pk")
    sys.stdout.write(str(notice.payload["code"]))
