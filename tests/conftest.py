"""The cast and the stage: a fixed cast, a clock to move, and throw-away databases for tests that must really commit."""

import gc
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client, TestCase

from core import clock
from tests import factories
from tests.draws import open_periods
from tests.staff.cast import pass_second_factor
from tests.throwaway import DEMO_DAY, Demo, Throwaway, Workshop, connected_to

pytest_plugins = ["tests.requirements_plugin"]

CONFIGURED = connections["default"].settings_dict["NAME"]
PHOENIX = ZoneInfo("America/Phoenix")


def pytest_collection_finish() -> None:
    """All that was imported stays: looking through it for garbage again and again is a tenth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _draw_periods(request: pytest.FixtureRequest) -> None:
    """Periods are open on every day, and nobody is chosen; tests of audits have their own."""
    if "db" in request.fixturenames or "real_database" in request.fixturenames:
        request.getfixturevalue("real_database" if "real_database" in request.fixturenames else "db")
        open_periods(rate="0")


@pytest.fixture
def clock_at() -> Iterator[Callable[..., datetime]]:
    """`clock_at("2027-03-02")` holds the clock at noon of that day in Phoenix; `clock_at("2027-03-02 23:59:59")` at that time."""
    held = []

    def move(text: str, zone: str = "America/Phoenix") -> datetime:
        moment = datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(
            tzinfo=ZoneInfo(zone)
        )
        context = clock.moved_to(moment)
        context.__enter__()
        held.append(context)
        return moment

    yield move
    for context in reversed(held):
        context.__exit__(None, None, None)


@pytest.fixture
def drew(db):
    """Certified through June 30, 2026, and never does anything."""
    trainer = factories.trainer_with_credential(
        email="drew@example.org",
        name="Drew Lake",
        number="26063001",
        awarded_on="2022-06-30",
        expires_on="2026-06-30",
    )
    factories.remind_from_the_start(trainer)
    return trainer


@pytest.fixture
def jordan(db):
    """A trainer with credential 1193 4482, certified through March 14, 2027."""
    return factories.trainer_with_credential(
        email="jordan@example.org",
        name="Jordan Rivera",
        number="11934482",
        awarded_on="2021-03-14",
        expires_on="2027-03-14",
    )


@pytest.fixture
def stranger(db):
    """Another trainer, who must never see what is Jordan's."""
    return factories.trainer_with_credential(
        email="stranger@example.org",
        name="Sam Stranger",
        number="20000001",
        awarded_on="2023-06-30",
        expires_on="2027-06-30",
    )


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """`signed_in(jordan)` is a browser in which Jordan has signed in; staff have passed their second factor too."""

    def sign_in(trainer, *, second_factor: bool = True, **options) -> Client:
        client = Client(**options)
        client.force_login(trainer, backend="allauth.account.auth_backends.AuthenticationBackend")
        if trainer.is_staff and second_factor:
            pass_second_factor(client.session, trainer)
        return client

    return sign_in


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Workshop]:
    """The test database, migrated once a worker, and the workshop that takes its copy before any test writes."""
    with django_db_blocker.unblock():
        workshop = Workshop(tmp_path_factory.mktemp("databases"))
        if connections["default"].settings_dict["NAME"] == CONFIGURED:
            workshop.migrate()  # only tests with databases of their own are run, so that Django made none
        else:
            workshop.take_the_test_database()
    yield workshop
    workshop.close()


@pytest.fixture(scope="session")
def _workshop(django_db_setup) -> Workshop:
    return django_db_setup


@pytest.fixture(scope="session", autouse=True)
def _one_connection() -> Iterator[None]:
    """Kept from test to test, as it is from request to request: Django's test case hangs up after each of them,
    and on PostgreSQL a new connection with its cold catalogue takes longer than most tests."""
    ended = TestCase.tearDownClass.__func__

    def end(cls) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(connections["default"], "close", lambda: None)
            ended(cls)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestCase, "tearDownClass", classmethod(end))
        yield


@pytest.fixture(scope="session")
def demo_original(_workshop) -> Iterator[Demo]:
    """The demo as `./portal up --today 2027-02-15` loads it. Nobody reads or writes it: there are copies for that.

    Loading takes a quarter of a minute, so one worker runs every test that asks for it (requirements_plugin).
    """
    made = _workshop.make()
    made.env["PORTAL_TODAY"] = DEMO_DAY
    done = made.manage("load_demo", timeout=180)
    assert done.returncode == 0, done.stderr
    _workshop.settle(made)
    yield Demo(made, done.stdout)
    _workshop.drop(made)


@pytest.fixture
def throwaway_database(_workshop) -> Iterator[Throwaway]:
    """A database of its own on the engine under test, migrated and guarded; `.env` is what a process needs to use it."""
    made = _workshop.make()
    yield made
    _workshop.drop(made)


@pytest.fixture
def real_database(throwaway_database, django_db_blocker) -> Iterator[Throwaway]:
    """The throw-away database as this process's default connection: commits are real, other processes see them."""
    with django_db_blocker.unblock(), connected_to(throwaway_database):
        yield throwaway_database
