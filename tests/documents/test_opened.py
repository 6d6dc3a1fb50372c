"""What was shown to a member of staff is written once for each page, and a document is opened when all of it was."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Document, Viewing
from documents.opened import opened_documents
from documents.services import store_document
from tests.documents import good

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]
MOMENT = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


@pytest.fixture
def document(jordan) -> Document:
    """Two pages of Jordan's."""
    upload = SimpleUploadedFile("certificate.pdf", good.pdf(pages=2))
    return store_document(upload, owner=jordan, by=jordan, at=MOMENT)


def page(document: Document, number: int) -> str:
    return reverse("documents:page", args=[document.pk, number])


def opened_at(document: Document, reader) -> datetime | None:
    return opened_documents([document], reader)[document.pk].opened_at


def test_a_page_viewed_twice_is_recorded_once_with_the_time_of_the_first_view(
    document, reviewer, signed_in, clock_at
):
    client = signed_in(reviewer)
    first = clock_at("2027-03-03 10:31")
    client.get(page(document, 1))
    clock_at("2027-03-03 12:00")
    client.get(page(document, 1))
    row = Viewing.objects.get()
    assert (row.document, row.by, row.page, row.first_at) == (document, reviewer, 1, first)


def test_a_two_page_document_counts_as_opened_once_both_pages_were_viewed(
    document, reviewer, signed_in, clock_at
):
    client = signed_in(reviewer)
    clock_at("2027-03-03 10:31")
    client.get(page(document, 1))
    seen = opened_documents([document], reviewer)[document.pk]
    assert (seen.opened_at, seen.further_pages) == (None, True)
    second = clock_at("2027-03-03 10:32")
    client.get(page(document, 2))
    seen = opened_documents([document], reviewer)[document.pk]
    assert (seen.opened_at, seen.further_pages) == (second, False)


def test_a_download_counts_as_viewing_the_whole_document(document, reviewer, signed_in, clock_at):
    client = signed_in(reviewer)
    moment = clock_at("2027-03-03 10:31")
    for _ in range(2):
        client.get(reverse("documents:download", args=[document.pk]))
    assert opened_at(document, reviewer) == moment
    assert Viewing.objects.get().page == 0


def test_thumbnails_missing_pages_and_views_by_the_owner_are_not_recorded_as_viewed(
    document, jordan, reviewer, signed_in
):
    signed_in(reviewer).get(reverse("documents:thumbnail", args=[document.pk]))
    signed_in(reviewer).get(page(document, 3))
    signed_in(jordan).get(page(document, 1))
    assert not Viewing.objects.exists()


def test_a_document_opened_by_one_reviewer_does_not_count_as_opened_by_another(
    document, reviewer, second_reviewer, stranger, signed_in
):
    signed_in(reviewer).get(reverse("documents:download", args=[document.pk]))
    assert signed_in(stranger).get(page(document, 1)).status_code == 404
    assert opened_at(document, second_reviewer) is None


def test_a_document_without_page_pictures_counts_as_opened_once_downloaded(
    document, reviewer, signed_in, clock_at
):
    Document.objects.filter(pk=document.pk).update(pages=None)
    document.refresh_from_db()
    assert opened_at(document, reviewer) is None
    moment = clock_at("2027-03-03 10:31")
    signed_in(reviewer).get(reverse("documents:download", args=[document.pk]))
    assert opened_at(document, reviewer) == moment
