"""Files in a bucket: as private and as complete as on a disk, swept there too, and an outage is
reported to everybody in a sentence.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from documents.errors import FileGone
from documents.invariants import CHECKS
from documents.models import Document
from documents.services import read_document, receive_upload, store_document
from documents.sweep import remove_unclaimed
from tests.cast import colleague
from tests.documents import good

pytestmark = pytest.mark.django_db
SENT = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


@pytest.fixture
def document(jordan, bucket) -> Document:
    return store_document(SimpleUploadedFile("course.pdf", good.pdf()), owner=jordan, by=jordan, at=SENT)


def test_a_document_in_a_bucket_is_downloaded_as_it_was_stored_and_passes_every_check(
    document, jordan, signed_in, bucket
):
    assert {name.partition(".")[0] for name in bucket.names()} == {
        "documents/" + document.stored_as.partition(".")[0]
    }
    answer = signed_in(jordan).get(reverse("documents:download", args=[document.pk]))
    assert b"".join(answer.streaming_content) == read_document(document).getvalue()
    assert answer["Content-Length"] == str(document.size)
    assert [found for check in CHECKS for found in check.find()] == []


def test_the_sweep_removes_what_no_row_claims_from_the_bucket(document, jordan, bucket):
    receive_upload(SimpleUploadedFile("other.pdf", good.pdf()), owner=jordan, at=SENT)
    assert len(bucket.names()) == 8
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 4
    assert len(bucket.names()) == 4


def test_a_file_missing_in_the_bucket_is_reported_as_deleted_and_not_as_an_outage(document, bucket):
    bucket.client.delete_object(Bucket=bucket.address.split("/")[2], Key=f"documents/{document.stored_as}")
    with pytest.raises(FileGone):
        read_document(document)


def test_during_an_outage_a_download_says_try_again_and_works_afterwards(document, jordan, signed_in, bucket):
    client, address = signed_in(jordan), reverse("documents:download", args=[document.pk])
    with bucket.away():
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "120")
        assert "Nothing that you saved is lost. Try again in a few minutes" in answer.text
    assert client.get(address).status_code == 200


def test_during_an_outage_a_form_keeps_what_was_typed_and_no_row_is_written(send, bucket):
    with bucket.away():
        answer = send("course.pdf", good.pdf(), title="Strength for runners")
    assert answer.status_code == 422
    assert "We cannot take files right now. Try again in a few minutes." in answer.text
    assert "Strength for runners" in answer.text
    assert Document.objects.count() == 0
    with bucket.in_use():
        assert send("course.pdf", good.pdf()).status_code == 200


def test_an_outage_of_the_file_storage_is_reported_to_staff_and_by_readiness(send, bucket, client, signed_in):
    lead = colleague("lead")
    assert client.get("/readyz").status_code == 200
    with clock.moved_to(SENT), bucket.away():
        send("course.pdf", good.pdf())
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["missing"]) == (503, {"files": ["StorageAway"]})
        assert "Files cannot be reached" in signed_in(lead).get("/staff/").text
    with clock.moved_to(SENT + timedelta(minutes=16)):
        assert "Files cannot be reached" not in signed_in(lead).get("/staff/").text
