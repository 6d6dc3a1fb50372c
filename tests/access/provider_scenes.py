"""The scenes in which a provider's person fills in forms."""

import pytest

from tests.providers.scenes import harbor, penny, report, row
from trainers.models import Trainer


@pytest.fixture
def reporter(db) -> Trainer:
    """Penny, who reports for Harbor Fitness Academy."""
    return penny()


@pytest.fixture
def reported(reporter, jordan, clock_at) -> dict[str, object]:
    """Penny reported that Jordan completed a course of Harbor's, which is approved through the year's end."""
    clock_at("2026-06-15 12:00")
    harbor().courses.update(approved_through="2026-12-31")
    batch = report(row())
    return {"ref": batch.reference, "pk": batch.completions.get().pk, "slug": "balance"}


def course_choice() -> str:
    """Return how the form names Harbor's course."""
    return str(harbor().courses.get(slug="balance").pk)
