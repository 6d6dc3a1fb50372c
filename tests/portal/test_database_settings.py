"""How PostgreSQL is reached, directly and through a pooler (docs/deploy.md, "A pooler of connections")."""

import pytest

from recert.settings_checks import Environment
from recert.settings_services import database_settings

URL = "postgres://portal:secret@db.example.org:5432/portal?sslmode=verify-full"


@pytest.fixture
def said(monkeypatch):
    """`said(TRANSACTION_POOLING="true")` is what the settings say of the database then."""

    def say(**variables: str):
        for name in ("TRANSACTION_POOLING", "PREPARED_STATEMENTS", "CONN_MAX_AGE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return database_settings(Environment(), URL)

    return say


def test_postgresql_is_reached_with_prepared_statements_and_without_jit_unless_something_else_is_said(said):
    found = said()
    assert found["OPTIONS"] == {"sslmode": "verify-full", "prepare_threshold": 0, "options": "-c jit=off"}
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (60, True)
    assert "DISABLE_SERVER_SIDE_CURSORS" not in found


def test_behind_a_pooler_no_option_is_given_at_the_start_and_no_cursor_outlives_a_transaction(said):
    found = said(TRANSACTION_POOLING="true", PREPARED_STATEMENTS="false")
    assert found["OPTIONS"] == {"sslmode": "verify-full", "prepare_threshold": None}
    assert found["DISABLE_SERVER_SIDE_CURSORS"] is True
