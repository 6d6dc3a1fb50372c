"""PostgreSQL itself crashes or is restarted while the portal works: nothing lost, nothing doubled,
all well in 180 seconds.

The server belongs to the test. Commits are confirmed once they are written, as in production; a
crash of the machine is not simulated.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.faults.scenes import POINTS
from tests.faults.stage import outcome, wrong
from tests.throwaway import Throwaway, Workshop
from tools.test_server import start_from_wheel

pytestmark = [pytest.mark.fault, pytest.mark.postgres]
MONDAY = date(2027, 1, 4)
WINDOWS = ("sender.holding", "sender.opened", "sender.accepted", "reminders.queued", "petition.decided")
MODES = ("immediate", "fast")
# Each window and each mode; every window in both modes with `--all`.
RESTARTS = [
    pytest.param(window, mode, marks=pytest.mark.slow if (place + other) % 2 else ())
    for place, window in enumerate(WINDOWS)
    for other, mode in enumerate(MODES)
]


@contextmanager
def connected_to(name: str, port: int) -> Iterator[None]:
    """This process's default connection is to that database."""
    settings_dict = connections.settings["default"]
    kept, before = connections["default"], dict(settings_dict)
    del connections["default"]
    settings_dict |= {"HOST": "127.0.0.1", "PORT": port, "USER": "postgres", "PASSWORD": "", "NAME": name}
    try:
        yield
    finally:
        connections["default"].close()
        settings_dict |= before
        connections["default"] = kept


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[tuple[Callable, int, Workshop]]:
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as folder, django_db_blocker.unblock():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", folder)  # the wheel's package warns without one
            control, port = start_from_wheel(Path(folder))
        try:
            with connected_to("postgres", port):
                workshop = Workshop(tmp_path_factory.mktemp("databases"))
                workshop.migrate()
            yield control, port, workshop
        finally:
            control("-m", "immediate", "stop")


@pytest.fixture
def real_database(server, django_db_blocker) -> Iterator[Throwaway]:
    _, port, workshop = server
    made = workshop.make()
    safe, _, _ = made.env["DATABASE_URL"].partition("?")  # without what lets commits wait
    with django_db_blocker.unblock(), connected_to(made.name, port):
        yield replace(made, env={**made.env, "DATABASE_URL": safe})
    workshop.drop(made)


@pytest.mark.parametrize(("window", "mode"), RESTARTS)
def test_a_database_restart_loses_and_duplicates_no_mail(stage, office, server, window, mode):
    control, _, _ = server
    scene, _, _ = POINTS[window]
    done = scene.begin(stage, 1, MONDAY)
    stage.worker()
    child = stage.child_that_takes(scene.task, f"{window}:stop:1")
    child.wait_until_stopped()
    control("-m", mode, "restart")
    connection.close()
    child.go_on()
    assert stage.recover(*scene.plans) <= 180
    found = outcome(office)
    assert (found["lost"], found["doubled"]) == (0, 0)
    assert done()
    assert wrong() == []
