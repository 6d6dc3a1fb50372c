"""The scenes in which staff decide about employers, entries of the directory, reports and requests of providers."""

import pytest

from employers.services import take_off_listing
from providers.services.requesting import AskedCourse, request_course
from tests.employers.scenes import AT, lakeside, listed
from tests.factories import CeuRecordFactory
from tests.providers.scenes import balance, claim, harbor, penny, report, row, with_history


@pytest.fixture
def two_employers(lead, clock_at) -> dict[str, object]:
    """Lakeside Gym, and another one whose name is taken."""
    clock_at("2026-06-15 12:00")
    lakeside("Other Gym")
    return {"object_id": lakeside().pk}


@pytest.fixture
def entry_listed(jordan, lead, clock_at) -> dict[str, object]:
    """Jordan's entry in the directory."""
    clock_at("2026-06-15 12:00")
    return {"object_id": listed(jordan).pk}


@pytest.fixture
def entry_taken_off(entry_listed, jordan, registrar) -> dict[str, object]:
    """Jordan's entry, which a registrar took off."""
    take_off_listing(jordan.listings.get(), by=registrar, at=AT, words="No city.")
    return entry_listed


@pytest.fixture
def held_for_staff(jordan, lead, clock_at) -> dict[str, object]:
    """A report of Jordan that differs from a record which a renewal claims."""
    clock_at("2026-06-15 12:00")
    with_history(CeuRecordFactory(credential=jordan.credentials.get(), course=balance()))
    claim(jordan)
    return {"object_id": report(row(ceus="0.2")).completions.get().pk}


@pytest.fixture
def asked_of_us(lead, clock_at) -> dict[str, object]:
    """Penny's request for a new course."""
    clock_at("2026-06-15 12:00")
    asked = AskedCourse("Stairs for Runners", "online", 20, "Two hours.")
    return {"object_id": request_course(harbor(), asked=asked, by=penny(), at=AT).pk}
