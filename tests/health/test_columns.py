"""`/readyz` names each table and column of the code that the database lacks."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recert import health

pytestmark = pytest.mark.django_db


def change(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "lacking"),
    [
        ("ALTER TABLE outbox_notice DROP COLUMN text", "outbox_notice.text"),
        ("DROP TABLE django_session", "django_session"),
    ],
)
def test_readiness_names_each_missing_column_or_table_once(client, statement, lacking):
    change(statement)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"columns": [lacking]})


def test_readiness_names_a_renamed_table(client):
    change("ALTER TABLE outbox_notice RENAME TO outbox_notice_old")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]["columns"]) == (503, ["outbox_notice"])


def test_readiness_names_a_model_column_that_no_migration_adds(client, monkeypatch):
    ahead = health._columns_of_the_code() | {("outbox_notice", "carrier")}
    monkeypatch.setattr(health, "_columns_of_the_code", lambda: ahead)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"columns": ["outbox_notice.carrier"]})


def test_an_extra_column_in_the_database_keeps_the_portal_ready(client):
    change("ALTER TABLE outbox_notice ADD COLUMN carrier text")
    assert client.get("/readyz").json() == {"ready": True, "missing": {}}


def test_the_column_check_covers_many_to_many_and_third_party_tables():
    between = {table for table, _ in health._columns_of_the_code()}
    assert {"trainers_trainer_groups", Session._meta.db_table} <= between


def test_the_column_check_uses_one_query():
    with CaptureQueriesContext(connection) as queries:
        assert health._columns() == []
    assert len(queries) == 1
