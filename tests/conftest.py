"""Fixtures for every test: the cast, a clock to move, storage, a mail server, and databases that really commit."""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client, TestCase

from core import clock, organisation
from outbox import notices
from outbox.notices import register_kind
from payments.services import returning
from tests import factories, migrating
from tests.audits.scenes import open_periods
from tests.buckets import Bucket, make_bucket, object_storage
from tests.cast import colleague, needs_second_factor, pass_second_factor, trainer
from tests.documents import good
from tests.outbox.scenes import PlainKind
from tests.postoffice import PostOffice
from tests.throwaway import DEMO_DAY, Demo, Throwaway, Workshop, connected_to, keeping_files_in
from trainers.models import Trainer

pytest_plugins = [
    "tests.requirements_plugin",
    "tests.app_codes",
    "tests.bodies",
    "tests.drafting",
    "tests.twice",
    "tests.garbage",
    "tests.sharing",
]

CONFIGURED = connections["default"].settings_dict["NAME"]


@pytest.fixture
def writes_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are written anew (`--write-goldens`); without it they are only read."""
    return bool(request.config.getoption("--write-goldens"))


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch) -> None:
    """Let nobody who comes back from the payment page wait for a late message."""
    monkeypatch.setattr(returning, "LONGEST_WAIT", 0.0)


@pytest.fixture(autouse=True)
def _no_organisation(monkeypatch) -> None:
    """Let the portal know of no organisation, without asking the database, until a test saves one."""
    monkeypatch.setattr(organisation, "_remembered", (math.inf, None))


@pytest.fixture
def _database(request: pytest.FixtureRequest, django_db_setup) -> None:
    """Open the database of this test: its own when it asks for one, else the one that all tests share."""
    request.getfixturevalue("real_database" if "real_database" in request.fixturenames else "db")


@pytest.fixture(autouse=True)
def _draw_periods(request: pytest.FixtureRequest) -> None:
    """Open one draw period for all days that chooses nobody; tests of audits override this."""
    if not {"db", "real_database", "_database"}.isdisjoint(request.fixturenames):
        request.getfixturevalue("_database")
        open_periods(rate="0")


@pytest.fixture
def clock_at() -> Iterator[Callable[..., datetime]]:
    """`clock_at("2027-03-02")` stops the clock at noon of that day in Phoenix; a time may follow the day."""
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
def jordan(_database) -> Trainer:
    """A trainer with credential 1193 4482, certified through March 14, 2027."""
    return trainer("jordan")


@pytest.fixture
def ready(jordan) -> Trainer:
    """Jordan, who meets every requirement: 1.9 CEUs of education and a current card."""
    factories.everything_met(jordan)
    return jordan


@pytest.fixture
def drew(_database) -> Trainer:
    """A trainer who never does anything, certified through June 30, 2026."""
    return trainer("drew")


@pytest.fixture
def stranger(_database) -> Trainer:
    """Another trainer, who must never see what is Jordan's."""
    return trainer("stranger")


@pytest.fixture
def reviewer(_database) -> Trainer:
    return colleague("reviewer")


@pytest.fixture
def second_reviewer(_database) -> Trainer:
    return colleague("second_reviewer")


@pytest.fixture
def lead(_database) -> Trainer:
    return colleague("lead")


@pytest.fixture
def second_lead(_database) -> Trainer:
    return colleague("second_lead")


@pytest.fixture
def finance(_database) -> Trainer:
    return colleague("finance")


@pytest.fixture
def second_finance(_database) -> Trainer:
    return colleague("second_finance")


@pytest.fixture
def registrar(_database) -> Trainer:
    return colleague("registrar")


@pytest.fixture
def read_only(_database) -> Trainer:
    return colleague("read_only")


@pytest.fixture
def root(_database) -> Trainer:
    return colleague("root")


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """`signed_in(jordan)` is a client in which Jordan has signed in; staff have passed the second factor."""

    def sign_in(trainer, *, second_factor: bool = True, **options) -> Client:
        client = Client(**options)
        client.force_login(trainer, backend="allauth.account.auth_backends.AuthenticationBackend")
        if second_factor and needs_second_factor(trainer):
            pass_second_factor(client.session, trainer)
        return client

    return sign_in


@pytest.fixture
def storage(tmp_path) -> Iterator[Path]:
    """The folder of a private storage that is empty and belongs to this test alone."""
    with keeping_files_in(tmp_path / "files"):
        yield tmp_path / "files"


@pytest.fixture(scope="session")
def _object_storage() -> Iterator[str]:
    with object_storage() as address:
        yield address


@pytest.fixture
def bucket(_object_storage) -> Iterator[Bucket]:
    """An empty bucket in which this process keeps its files."""
    with (made := make_bucket(_object_storage)).in_use():
        yield made


@pytest.fixture(scope="session")
def picture() -> Callable[[], SimpleUploadedFile]:
    """`picture()` is a photo of a certificate as a browser uploads it; each call uploads the same file again."""
    content = good.png()
    return lambda: SimpleUploadedFile("certificate.png", content, "image/png")


@pytest.fixture
def plain(monkeypatch) -> PlainKind:
    """A kind of notice that exists only in this test."""
    monkeypatch.setattr(notices, "_kinds", dict(notices._kinds))
    made = PlainKind()
    register_kind(made.kind)
    return made


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    """A real mail server to which this test's mail is sent."""
    office = PostOffice().open()
    settings.EMAIL_BACKEND = "core.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 1
    yield office
    office.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> Iterator[None]:
    """Let pytest-django migrate in half the time."""
    with migrating.constraints_in_place():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Workshop]:
    """Migrate the test database once for each worker, and copy it before any test writes."""
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
    """Keep the connection open from test to test: Django closes it after each of them, and on PostgreSQL
    a new connection takes longer than most tests."""
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
    """The demo as `./portal up --today 2027-02-15` loads it. Tests use copies of it.

    Loading takes a quarter of a minute, so one worker runs every test that asks for it (sharing).
    """
    made = _workshop.make()
    made.env["PORTAL_TODAY"] = DEMO_DAY
    done = made.manage("load_demo", timeout=900)
    assert done.returncode == 0, done.stderr
    _workshop.settle(made)
    yield Demo(made, done.stdout)
    _workshop.drop(made)


@pytest.fixture
def throwaway_database(_workshop) -> Iterator[Throwaway]:
    """A database of its own on the engine under test, migrated, with triggers; `.env` is what a process needs."""
    made = _workshop.make()
    yield made
    _workshop.drop(made)


@pytest.fixture
def real_database(throwaway_database, django_db_blocker) -> Iterator[Throwaway]:
    """The throw-away database as this process's default connection: commits are real and seen by others."""
    with django_db_blocker.unblock(), connected_to(throwaway_database):
        yield throwaway_database
