"""A whole life: a trainer with at least one row in every table about people, and nothing open."""

import pytest
from django.test import Client

from core.invariants import all_checks
from tests.audits import scenes as audit_scenes
from tests.erasure.scenes import live
from tests.trainers.scenes import with_password
from trainers.models import Trainer


@pytest.fixture
def _draw_periods(_database):
    """Everybody is drawn."""
    audit_scenes.open_periods(rate="1")


@pytest.fixture
def lived(ready, storage, reviewer, registrar, finance, picture, clock_at) -> Trainer:
    """Jordan, who did everything that can be done, through January 2027; today is March 2."""
    clock_at("2027-03-02")
    with_password(Client(), ready.email)
    live(ready, reviewer=reviewer, registrar=registrar, finance=finance, picture=picture)
    ready.refresh_from_db()
    return ready


@pytest.fixture
def found_by_checks():
    """What `verify_invariants --files` finds, by check."""

    def ask() -> dict[str, list[str]]:
        answers = {one.name: list(one.find()) for one in all_checks()}
        return {name: rows for name, rows in answers.items() if rows}

    return ask
