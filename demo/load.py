"""Make the demo, part after part."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import connection

from core import clock
from demo.badge import make_badges
from demo.bank import open_bank
from demo.catalogue import fill_catalogue
from demo.crowd import make_crowd
from demo.described import state_facts
from demo.desk import create_begun_cases
from demo.draws import reveal_draws, run_draw_of_today, run_past_draws
from demo.employer import open_employers_side
from demo.fitting import fitting_days, run_story
from demo.learning import Learning
from demo.organisation import name_organisation
from demo.payouts import pay_out_past
from demo.people import NAMED
from demo.person import ENOUGH, Person
from demo.petitions import file_petitions
from demo.post import plan_past_reminders, send_past_mail
from demo.provider import open_providers_side
from demo.roster import bring_in
from demo.signins import write_signins
from demo.staff import hire_staff
from demo.stage import Stage
from demo.stories import renew_at
from documents.storage import without_syncing
from rules.policy.load import load_policy
from trainers.email_addresses import keep_one_address
from trainers.lookups import credential_of, current_cycle
from trainers.models import Cycle, Trainer
from trainers.services.searching import index_what_is_behind

ONE_DAY = timedelta(days=1)
RENEWED_DAYS_BEFORE = 25
SIDES = (
    ("The provider", open_providers_side),
    ("The employer", open_employers_side),
    ("Badges", make_badges),
)


def load_demo(
    say: Callable[[str], object], *, named: Sequence[Person] = NAMED, others: Sequence[Person] | None = None
) -> None:
    """Fill an empty database with the demo, and write the file that lists its accounts and
    passwords. The caller checks that the database is empty and is not the production one.

    For a small demo, give fewer `named` people, and as `others` the few who file the petitions.
    Without `others`, a generated crowd of trainers is added.
    """
    policy = load_policy(settings.PORTAL_POLICY)
    with open_bank() as bank, without_waiting_for_the_disk():
        now = clock.now()
        stage = Stage(now, clock.date_of(now, policy.time_zone), policy, bank, say)
        hire_staff(stage)
        name_organisation(stage)
        courses = fill_catalogue(stage)
        people = (*named, *(make_crowd() if others is None else others))
        bring_in(stage, people)
        run_past_draws(stage, people, fitting_days(stage, RENEWED_DAYS_BEFORE))
        learning = Learning(stage, courses)
        for person in people:
            if person.renewed_before:
                run_story(stage, person.name, partial(_live_through, stage, learning, person))
        run_draw_of_today(stage, named)
        for place, person in enumerate(people, start=1):
            _live(stage, learning, person)
            if place % 10 == 0 or place == len(people):
                say(f"Courses, cards, renewals: {place} of {len(people)} trainers")
        file_petitions(stage)
        run_story(stage, "The desk", partial(create_begun_cases, stage))
        for name, tell in SIDES:
            run_story(stage, name, partial(tell, stage))
        reveal_draws(stage)
        bank.close_the_day(at=now)
        pay_out_past(stage)
        plan_past_reminders(stage)
        send_past_mail(stage)
        most = len(people) + len(stage.staff) + 2
        list(index_what_is_behind(most=most))  # or search finds nobody for a minute
    say(f"Sign-ins: {write_signins(stage.today).name}")


def _live(stage: Stage, learning: Learning, person: Person) -> None:
    """Carry out everything that one person has done in the current cycle."""
    trainer, cycle = _here(person)
    run_story(stage, person.name, partial(state_facts, stage, trainer, cycle))
    learning.study(trainer, cycle, person.education, through=stage.day(person.learned_through))
    learning.study(trainer, cycle, person.unproven, through=stage.day(person.learned_through), proven=False)
    if person.card is not None:
        learning.renew_card(trainer, cycle, stage.day(person.card))
    if person.story:
        run_story(stage, person.name, partial(person.story, stage, trainer, cycle))
    if person.visited:
        Trainer.objects.filter(pk=trainer.pk).update(password=stage.password_hash, last_login=stage.now)
        keep_one_address(trainer)


def _here(person: Person) -> tuple[Trainer, Cycle]:
    trainer = Trainer.objects.get(email=person.email)
    credential = credential_of(trainer)
    assert credential  # noqa: S101 - the roster brought it
    return trainer, current_cycle(credential)


def _live_through(stage: Stage, learning: Learning, person: Person) -> None:
    """Complete a past cycle and renew it on time."""
    trainer, cycle = _here(person)
    days_before = fitting_days(stage, RENEWED_DAYS_BEFORE)
    renewed_on = cycle.expires_on - days_before * ONE_DAY
    state_facts(stage, trainer, cycle)
    learning.study(trainer, cycle, ENOUGH, through=renewed_on - ONE_DAY)
    learning.renew_card(trainer, cycle, cycle.expires_on)
    renew_at(stage, trainer, cycle, days_before)
    if current_cycle(cycle.credential) == cycle:
        raise RuntimeError(f"{trainer.email} did not renew")


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """Commit and store files without waiting for the disk: after a power cut the demo is simply
    loaded again.
    """
    on, off = ("PRAGMA synchronous=FULL", "PRAGMA synchronous=OFF")
    if connection.vendor == "postgresql":
        on, off = ("SET synchronous_commit TO DEFAULT", "SET synchronous_commit TO off")
    with connection.cursor() as cursor:
        cursor.execute(off)
    try:
        with without_syncing():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(on)
