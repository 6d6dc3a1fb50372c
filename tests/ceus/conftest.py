"""A course, a small catalogue, and stored files."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count

import pytest

from ceus.models import Course
from ceus.services import save_courses
from documents.waiting import WaitingFile
from tests import factories
from tests.ceus.scenes import AT


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(storage) -> None:
    """No test of this folder writes where another one reads."""


@pytest.fixture
def course(db) -> Course:
    return factories.CourseFactory(title="Movement for older adults", slug="older", hundredths=40)


@pytest.fixture
def shelf(db) -> None:
    """Return three courses of two providers."""
    acme = factories.ProviderFactory(name="Acme Education", slug="acme")
    north = factories.ProviderFactory(name="Nørth Academy", slug="north")
    save_courses(
        Course(
            title=title,
            slug=f"shelf-{number}",
            provider=provider,
            format=form,
            hundredths=ceus,
            approved_from=date(2020, 1, 1),
        )
        for number, (title, provider, form, ceus) in enumerate(
            [
                ("Movement for older adults", acme, "online", 40),
                ("Kettlebell basics", acme, "in_person", 30),
                ("Sports nutrition, 2nd edition", north, "online", 100),
            ]
        )
    )


@pytest.fixture
def a_file(jordan) -> Callable[[], WaitingFile]:
    """Return a new stored file, whose row is made when a record takes it."""
    numbers: Iterator[int] = count()

    def make() -> WaitingFile:
        sent = f"{next(numbers):064x}"
        document = factories.DocumentFactory(owner=jordan, sha256=sent, sent_sha256=sent)
        return WaitingFile(jordan.pk, "c.pdf", document.media_type, 1000, sent, sent, document.stored_as, AT)

    return make
