"""A file is complete in private storage before its row is written."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import HistoryEntry
from documents.errors import BadFile
from documents.models import Document
from documents.services import receive_upload, store_document
from tests.documents import good

pytestmark = pytest.mark.django_db
MOMENT = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


def sent(content: bytes, name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_storing_a_file_writes_its_bytes_its_row_and_its_history(jordan):
    upload = good.pdf()
    document = store_document(sent(upload), owner=jordan, by=jordan, at=MOMENT)
    with default_storage.open(document.stored_as) as stored:
        kept = stored.read()
    assert hashlib.sha256(kept).hexdigest() == document.sha256
    assert hashlib.sha256(upload).hexdigest() == document.sent_sha256
    assert (document.size, document.media_type) == (len(kept), "application/pdf")
    assert (document.original_name, document.uploaded_at) == ("certificate.pdf", MOMENT)
    entry = HistoryEntry.objects.get(subject=f"documents.document:{document.pk}")
    assert (entry.verb, entry.trainer, entry.by, entry.at) == ("stored", jordan, jordan, MOMENT)


def test_an_uploaded_file_stored_twice_makes_one_document(jordan):
    waiting = receive_upload(sent(good.png()), owner=jordan, at=MOMENT)
    first = store_document(waiting, owner=jordan, by=jordan, at=MOMENT)
    again = store_document(waiting, owner=jordan, by=jordan, at=MOMENT)
    assert first == again
    assert Document.objects.count() == 1
    assert HistoryEntry.objects.count() == 1


def test_another_persons_uploaded_file_cannot_be_stored(jordan, stranger):
    waiting = receive_upload(sent(good.png()), owner=jordan, at=MOMENT)
    with pytest.raises(BadFile, match="Choose it again"):
        store_document(waiting, owner=stranger, by=stranger, at=MOMENT)
    assert not Document.objects.exists()


def test_an_uploaded_file_that_was_deleted_meanwhile_gets_no_row(jordan):
    waiting = receive_upload(sent(good.png()), owner=jordan, at=MOMENT)
    default_storage.delete(waiting.stored_as)
    with pytest.raises(BadFile, match="Choose it again"):
        store_document(waiting, owner=jordan, by=jordan, at=MOMENT)
    assert not Document.objects.exists()


def test_storing_the_same_bytes_twice_gives_the_same_checksum(jordan):
    first, second = (store_document(sent(good.pdf()), owner=jordan, by=jordan, at=MOMENT) for _ in range(2))
    assert first.sha256 == second.sha256
    assert first.stored_as != second.stored_as
