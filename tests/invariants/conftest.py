"""Data made by the services, in a database whose triggers and constraints a test may remove."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, models

from ceus.models import CeuRecord
from ceus.services import log_card, log_course
from core import clock, triggers
from core.invariants import all_checks
from demo import evidence
from demo.bank import open_bank
from renewals.models import Application
from renewals.services import advance_application, submit_application
from tests.audits.scenes import open_periods
from tests.factories import CourseFactory
from tests.renewals.scenes import VERSION
from tests.throwaway import Throwaway, connected_to, keeping_files_in
from trainers.lookups import current_cycle
from trainers.models import Trainer
from trainers.services import create_trainer, grant_credential

MARCH_2 = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
Found = dict[tuple[int, str], list[str]]


@pytest.fixture(scope="session")
def lived(_workshop, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Throwaway, Path]]:
    """Jordan logged a course and a card, renewed and paid on March 2, 2027; and a stranger. With the folder of their files."""
    made, files = _workshop.make(), tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), connected_to(made), keeping_files_in(files), clock.moved_to(MARCH_2):
        open_periods(rate="0")
        _live(at=MARCH_2)
    _workshop.settle(made)
    yield made, files
    _workshop.drop(made)


@pytest.fixture
def world(lived, _workshop, django_db_blocker, clock_at, tmp_path) -> Iterator[Trainer]:
    """Jordan, in a world as it was lived, that may be damaged."""
    database, files = lived
    copied = shutil.copytree(files, tmp_path / "files")
    clock_at("2027-03-02")
    with django_db_blocker.unblock(), _workshop.borrow(database), keeping_files_in(copied):
        yield Trainer.objects.get(email="jordan@example.org")


def _live(*, at: datetime) -> None:
    jordan = person("jordan", "11934482", "2021-03-14", "2027-03-14", at=at)
    person("stranger", "20000001", "2023-06-30", "2027-06-30", at=at)
    learn(jordan, at=at)
    application = submit_application(
        current_cycle(jordan.credentials.get()), by=jordan, at=at, attestation_version=VERSION
    )
    with open_bank() as bank:
        bank.pay(application.charge, at=at)
    assert advance_application(application, at=at).state == Application.State.APPROVED


def person(login: str, number: str, awarded_on: str, expires_on: str, *, at: datetime) -> Trainer:
    trainer = create_trainer(email=f"{login}@example.org", name=login.title(), by=None, at=at)
    grant_credential(
        trainer,
        number=number,
        policy_code="nasm-cpt",
        awarded_on=date.fromisoformat(awarded_on),
        cycle_expires_on=date.fromisoformat(expires_on),
        by=None,
        at=at,
    )
    return trainer


def learn(trainer: Trainer, *, at: datetime) -> None:
    credential = trainer.credentials.get()
    day, through = date(2026, 5, 3), date(2028, 5, 3)
    course = CourseFactory(title="Corrective Exercise Foundations", hundredths=190)
    proof = evidence.certificate_pdf(trainer, course.title, "Provider", "1.9 CEUs", day, at=at)
    logged = {"completed_on": day, "by": trainer, "at": at, "today": at.date()}
    log_course(credential, course=course, certificate=proof, **logged)
    front, back = (
        evidence.card_side(trainer, "CPR and AED", side, through, at=at) for side in ("front", "back")
    )
    log_card(credential, valid_through=through, front=front, back=back, **logged)


@pytest.fixture
def course(world) -> CeuRecord:
    return CeuRecord.objects.get(category="education")


@pytest.fixture
def stranger(world) -> Trainer:
    return Trainer.objects.get(email="stranger@example.org")


@pytest.fixture
def application(world) -> Application:
    return Application.objects.get()


@pytest.fixture
def unguarded(world) -> Callable[..., None]:
    """`unguarded(Model, "constraint", …)`: every trigger is gone, and these constraints of the model."""

    def take_away(model: type[models.Model] | None = None, *names: str) -> None:
        # Triggers first: SQLite makes no table anew that a trigger of another table names.
        with connection.cursor() as cursor:
            for guard in triggers.all_triggers():
                on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
        for name in names:  # after the triggers: SQLite makes the table anew, and one of them may read it
            _drop_constraint(model, name)

    return take_away


def _drop_constraint(model: type[models.Model], name: str) -> None:
    every = model._meta.constraints
    (constraint,) = (one for one in every if one.name == name)
    # SQLite makes the table anew from what the model says, so the model must not say it while it does.
    model._meta.constraints = [one for one in every if one is not constraint]
    try:
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)
    finally:
        model._meta.constraints = every


@pytest.fixture
def found() -> Callable[..., Found]:
    """What the checks find, by invariant and name; missing guards do not count."""

    def ask(*, files: bool = False) -> Found:
        asked = [one for one in all_checks() if one.number != 16 and (files or not one.reads_files)]
        answers = {(one.number, one.name): list(one.find()) for one in asked}
        return {key: rows for key, rows in answers.items() if rows}

    return ask
