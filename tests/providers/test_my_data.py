"""What a person reads in their own data about reports and about their role at a provider."""

import pytest

from core.my_data import Entry
from providers.my_data import sections_of
from providers.services.people import end_provider_role
from tests.cast import colleague
from tests.providers.scenes import AT, report, role_of_penny, row

pytestmark = pytest.mark.django_db


def entries(person, heading: str) -> list[Entry]:
    return [entry for one in sections_of(person) if one.heading == heading for entry in one.entries]


def test_own_data_has_every_row_that_a_provider_reported_of_the_person(jordan, stranger, course, reporter):
    report(row(), row(name="Jo Somebody", line=2), row("99999999", line=3))
    taken, other = sorted(
        entries(jordan, "Reported by providers"),
        key=lambda one: dict(one.shown)["Our answer to the provider"],
    )[::-1]
    shown = dict(taken.shown)
    assert taken.title == "Balance for Runners"
    assert shown["Provider"] == "Harbor Fitness Academy"
    assert (shown["Completed"], shown["Our answer to the provider"]) == ("May 3, 2026", "Taken")
    assert dict(other.shown)["Our answer to the provider"] == "Name differs"
    assert dict(taken.shown)["Your name, as reported"] == "Jordan Rivera"
    assert "Your name, as reported" not in dict(other.shown), "it may be the name of another person"
    assert entries(stranger, "Reported by providers") == []


def test_own_data_has_the_role_at_a_provider_also_after_it_ended(jordan, reporter):
    (role,) = entries(reporter, "Your roles at providers")
    assert (role.title, dict(role.shown)["State"]) == ("Harbor Fitness Academy", "Active")
    end_provider_role(role_of_penny(), by=colleague("registrar"), at=AT, reason="She left.")
    (role,) = entries(reporter, "Your roles at providers")
    assert dict(role.shown)["State"] == "Ended"
    assert "Ended" in dict(role.shown)
    assert entries(jordan, "Your roles at providers") == []
