"""Files that no row claimed are deleted after two days, and no others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.services import receive_upload, store_document
from documents.sweep import remove_unclaimed
from tests.documents import good
from tests.documents.scenes import files_in

pytestmark = pytest.mark.django_db
SENT = datetime(2027, 3, 2, 23, 59, tzinfo=UTC)


@pytest.fixture
def waiting(jordan, storage):
    return receive_upload(SimpleUploadedFile("certificate.pdf", good.pdf()), owner=jordan, at=SENT)


@pytest.mark.parametrize(
    ("hours", "removed"), [(1, 0), (24, 0), (48, 0), (49, 1), (24 * 41, 1), (24 * 400, 0)]
)
def test_an_unclaimed_file_is_deleted_after_two_days(waiting, storage, hours, removed):
    assert remove_unclaimed(at=SENT + timedelta(hours=hours)) == removed
    assert len(files_in(storage)) == 1 - removed


def test_a_claimed_file_is_not_deleted(waiting, jordan, storage):
    store_document(waiting, owner=jordan, by=jordan, at=SENT)
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 0
    assert len(files_in(storage)) == 1


def test_a_half_written_file_is_deleted(waiting, jordan, storage):
    store_document(waiting, owner=jordan, by=jordan, at=SENT)
    (files_in(storage)[0].parent / ".part-cut-short").write_bytes(b"half")
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 1
    assert [path.name[:5] for path in files_in(storage)] != [".part"]


def test_sweeping_twice_or_an_empty_storage_changes_nothing(waiting, storage):
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 1
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 0
