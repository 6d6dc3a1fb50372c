"""A roster that still holds both rows of somebody whose two accounts became one."""

import pytest

from tests.merging.scenes import merged
from tests.trainers.scenes import row
from trainers.models import Credential, Trainer

OLD = row(
    number="10000007",
    name="Robin Wale",
    email="robin@old.example.org",
    awarded_on="2016-05-31",
    expires_on="2020-05-31",
)
NEW = row(
    number="12345678",
    name="Robin Vale",
    email="robin@example.org",
    awarded_on="2021-03-14",
    expires_on="2027-03-14",
)


@pytest.fixture
def robin(desk) -> Trainer:
    """Both rows were brought in, and the two accounts were merged."""
    result = desk.bring_in(OLD, NEW)
    assert (result.new, result.bad) == (2, 0)
    old, new = (Trainer.objects.get(email=one) for one in ("robin@old.example.org", "robin@example.org"))
    merged(old, new)
    return new


def test_importing_a_roster_after_a_merge_changes_neither_name_nor_address_of_the_merged_person(desk, robin):
    result = desk.bring_in(OLD, NEW)
    assert (result.new, result.changed, result.unchanged, result.bad) == (0, 0, 2, 0)
    robin.refresh_from_db()
    assert (robin.name, robin.email) == ("Robin Vale", "robin@example.org")
    assert Credential.objects.filter(trainer=robin).count() == 2


def test_a_roster_row_with_a_new_number_and_the_address_of_a_merged_account_is_refused(desk, robin):
    result = desk.bring_in(row(number="30000005", name="Robin Wale", email="robin@old.example.org"))
    assert (result.new, result.bad) == (0, 1)
    assert not Credential.objects.filter(number="30000005").exists()
