"""Trainers with different records, each some way before or after meeting the requirements."""

import pytest

from ceus.models import CeuRecord
from tests import factories
from tests.renewals import scenes
from trainers.models import Cycle


@pytest.fixture
def casey(db):
    """Certified through June 30, 2026, with 1.6 of 2.0 CEUs: 1.5 of courses and a current card."""
    trainer = factories.trainer_with_credential(
        email="casey@example.org",
        name="Casey Ng",
        number="26063000",
        awarded_on="2022-06-30",
        expires_on="2026-06-30",
    )
    factories.everything_met(trainer, education=150)
    return trainer


@pytest.fixture
def complete(casey):
    """Casey, with 2.0 of 2.0 CEUs."""
    factories.recount(CeuRecord.objects.filter(category="education"), 190)
    return casey


@pytest.fixture
def card(drew):
    """Drew's card is valid through March 1, 2027: past the expiration date, inside the time in which Drew can renew."""
    Cycle.objects.update(remind_on=None)
    return scenes.new_card(drew, "2027-03-01", remind_on="2026-12-31")


@pytest.fixture
def short(jordan):
    """1.6 of 2.0, the card among them."""
    factories.everything_met(jordan, education=150)
    return jordan
