"""Files that no row claimed are deleted after a day, and no others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.services import receive_upload, store_document
from documents.sweep import remove_unclaimed
from tests.documents import good
from tests.documents.scenes import claims_in, files_in

pytestmark = pytest.mark.django_db
SENT = datetime(2027, 3, 2, 23, 59, tzinfo=UTC)


@pytest.fixture
def waiting(jordan, storage):
    return receive_upload(SimpleUploadedFile("certificate.pdf", good.pdf()), owner=jordan, at=SENT)


@pytest.mark.parametrize(
    ("hours", "removed"), [(1, 0), (24, 0), (25, 0), (26, 4), (24 * 40, 4), (24 * 400, 0)]
)
def test_an_upload_never_attached_to_a_form_is_deleted_with_its_pictures_after_a_day(
    waiting, storage, hours, removed
):
    assert len(files_in(storage)) == 4
    assert remove_unclaimed(at=SENT + timedelta(hours=hours)) == removed
    assert len(files_in(storage)) == 4 - removed


def test_an_attached_upload_keeps_its_pictures_and_its_original(waiting, jordan, storage):
    store_document(waiting, owner=jordan, by=jordan, at=SENT)
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 0
    assert len(files_in(storage)) == 4


def test_an_old_unattached_file_without_a_time_in_its_name_is_kept_to_the_end_of_its_day(storage):
    default_storage.save("2027/03/02/0123456789abcdef0123456789abcdef.pdf", ContentFile(b"x"))
    assert remove_unclaimed(at=datetime(2027, 3, 4, 0, 59, tzinfo=UTC)) == 0
    assert remove_unclaimed(at=datetime(2027, 3, 4, 1, 1, tzinfo=UTC)) == 1


def test_the_sweep_deletes_a_half_written_file(waiting, jordan, storage):
    store_document(waiting, owner=jordan, by=jordan, at=SENT)
    (files_in(storage)[0].parent / ".part-cut-short").write_bytes(b"half")
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 1
    assert len(claims_in(storage)) == 1


def test_sweeping_twice_deletes_nothing_more(waiting, storage):
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 4
    assert remove_unclaimed(at=SENT + timedelta(days=3)) == 0
