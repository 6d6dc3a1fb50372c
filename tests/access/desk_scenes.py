"""The scenes in which staff fill in forms about money, time and accounts."""

import pytest

from payments.models import Difference
from payments.services.differences import note_line_differences
from tests import factories
from tests.payments.payout_scenes import a_line, a_payout
from tests.renewals import scenes as renewal_scenes


@pytest.fixture
def unpaid_charge(ready, clock_at) -> dict[str, object]:
    """A renewal with a late fee that is not paid yet."""
    clock_at("2027-03-15")
    application = renewal_scenes.submit(ready, "2027-03-15")
    return {"object_id": ready.pk, "admin:payments_charge_waive.object_id": application.charge_id}


@pytest.fixture
def two_accounts(jordan, stranger, clock_at) -> dict[str, object]:
    """Give Jordan a second, empty account."""
    clock_at("2027-01-05 12:00")
    other = factories.TrainerFactory(email="jordan@new.example.org", name="Jordan Rivera-Cole")
    extended = {"admin:trainers_credential_extend.object_id": jordan.credentials.get().pk}
    return {**extended, "object_id": jordan.pk, "ask": {"admin:trainers_trainer_merge": f"?with={other.pk}"}}


@pytest.fixture
def difference_here(db, clock_at) -> dict[str, object]:
    """Store a payment of the provider that our ledger does not have."""
    at = clock_at("2027-03-04 12:00")
    payout = a_payout()
    a_line(payout)
    note_line_differences(payout, at=at)
    return {"object_id": Difference.objects.get().pk}
