"""Somebody who did everything that can be done, and has a second account."""

import pytest
from django.test import Client

from tests.audits import scenes as audit_scenes
from tests.erasure.scenes import live
from tests.merging.scenes import second_account
from tests.trainers.scenes import with_password
from trainers.models import Trainer


@pytest.fixture
def _draw_periods(_database):
    """Everybody is drawn."""
    audit_scenes.open_periods(rate="1")


@pytest.fixture
def lived(ready, storage, reviewer, registrar, finance, picture, clock_at) -> Trainer:
    """Jordan, with at least one row in every table about people; today is March 2, 2027."""
    clock_at("2027-03-02")
    with_password(Client(), ready.email)
    live(ready, reviewer=reviewer, registrar=registrar, finance=finance, picture=picture)
    ready.refresh_from_db()
    return ready


@pytest.fixture
def other(lived) -> Trainer:
    """Jordan's second account, which stays."""
    return second_account()
