"""A provider's badge that its trainer brings again: after it was refused, corrected or taken back."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ceus.models import CeuRecord
from providers.models import Batch
from providers.services import add_issuer_key
from providers.services.correcting import correct_completion, withdraw_batch
from tests.factories import CourseFactory
from tests.providers.scenes import AT, TODAY, harbor, penny, report, row
from tests.reading import text_of
from tests.signing import Signer, as_file

JORDAN = {"name": "Jordan Rivera"}
LATER = AT + timedelta(days=15)


@pytest.fixture
def academy(db, registrar) -> Signer:
    """Harbor Fitness Academy, a provider whose key we know."""
    signer = Signer("did:web:harbor.example.org", "Harbor Fitness Academy")
    add_issuer_key(harbor(), did=signer.did, public_key=signer.public_key, by=registrar, at=AT)
    return signer


@pytest.fixture
def sent(jordan, signed_in, clock_at, academy, stranger):
    """A function that brings the badge, and returns what the page says."""
    clock_at("2026-06-15")
    visitor, content = signed_in(jordan), as_file(academy.credential("Stairs", about=JORDAN, course="stairs"))

    def send() -> str:
        file = SimpleUploadedFile("badge.json", content)
        return text_of(visitor.post("/my-courses/signed-file/", {"file": file}))

    return send


def list_course() -> None:
    CourseFactory(provider=harbor(), title="Stairs", slug="stairs", hundredths=40)


def test_a_badge_that_was_refused_counts_once_its_course_is_listed(sent):
    assert "The catalogue has no course of Harbor Fitness Academy with this code." in sent()
    assert not Batch.objects.exists()
    list_course()
    assert "Reported by Harbor Fitness Academy." in sent()
    assert CeuRecord.objects.get().reported_by_provider


def test_a_badge_whose_refusal_an_earlier_release_kept_counts_once_its_course_is_listed(sent, academy):
    badge = academy.credential("Stairs", about=JORDAN, course="stairs")
    key = f"badge:11934482:{sha256(badge['id'].encode()).hexdigest()}"
    assert report(row(name=None, course="stairs"), key=key).taken_count == 0
    list_course()
    assert "Reported by Harbor Fitness Academy." in sent()
    assert "Reported by Harbor Fitness Academy." in sent()
    assert (Batch.objects.count(), CeuRecord.objects.count()) == (2, 1)


@pytest.mark.parametrize("corrected", [True, False])
def test_a_badge_whose_report_was_corrected_or_withdrawn_is_not_told_as_counting(sent, corrected):
    list_course()
    sent()
    batch = Batch.objects.get()
    if corrected:
        half = row(course="stairs", ceus="0.2")
        who = {"by": penny(), "at": LATER, "latest_day": TODAY, "reason": "Half."}
        correct_completion(batch.completions.get(), row=half, **who)
    else:
        withdraw_batch(batch, by=penny(), at=LATER, reason="Wrong list.")
    assert "Harbor Fitness Academy corrected this report, or took it back." in sent()
    assert CeuRecord.objects.counting().count() == int(corrected)
