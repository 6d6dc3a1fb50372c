"""PostgreSQL goes away during a send and comes back: nothing lost, and what was sent is recorded."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.faults.stage import SEND, outcome, wrong

pytestmark = [pytest.mark.fault, pytest.mark.postgres]


class Outage:
    """Of this test's database alone: every connection of other processes is cut, and new ones are refused."""

    def __init__(self, url: str, name: str) -> None:
        self.url, self.name = url, name

    def begin(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as line:
            line.execute(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS false')
            line.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.name]
            )

    def end(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as line:
            line.execute(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS true')


@pytest.fixture
def outage(stage) -> Iterator[Outage]:
    base, _, _ = stage.database.env["DATABASE_URL"].rpartition("/")
    made = Outage(f"{base}/postgres", stage.database.name)
    yield made
    made.end()


@pytest.mark.parametrize(
    "window", ["sender.holding", "sender.claimed", "sender.opened", "sender.accepted", "sender.ended"]
)
def test_a_mail_sent_as_the_database_went_down_is_recorded_once_it_is_up_again(
    stage, office, due, outage, window
):
    from django.db import connection

    due(5)
    stage.worker()
    child = stage.child_that_takes(SEND, f"{window}:stop")
    child.wait_until_stopped()
    outage.begin()
    child.go_on()
    stage.until(lambda: _has_noticed(stage), "nobody noticed the outage")
    outage.end()
    connection.close()
    assert stage.recover(strictly=True) <= 180
    assert outcome(office) == {"sent": 5}
    assert wrong() == []


def _has_noticed(stage) -> bool:
    words = stage.last_words()
    return "the database is away" in words or "OperationalError" in words or "AdminShutdown" in words
