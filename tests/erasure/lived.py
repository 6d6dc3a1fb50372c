"""The fixture of a whole life, for the tests of erasing and of merging."""

import pytest
from django.test import Client

from tests.audits import scenes as audit_scenes
from tests.erasure.scenes import live
from tests.trainers.scenes import with_password
from trainers.models import Trainer

__all__ = ["_draw_periods", "_lived"]


@pytest.fixture
def _draw_periods(_database):
    """Everybody is drawn."""
    audit_scenes.open_periods(rate="1")


@pytest.fixture(name="lived")
def _lived(ready, storage, reviewer, registrar, finance, picture, clock_at) -> Trainer:
    """Jordan, who did everything that can be done, through January 2027, with at least one row in every
    table about people and nothing open; today is March 2.
    """
    clock_at("2027-03-02")
    with_password(Client(), ready.email)
    live(ready, reviewer=reviewer, registrar=registrar, finance=finance, picture=picture)
    ready.refresh_from_db()
    return ready
