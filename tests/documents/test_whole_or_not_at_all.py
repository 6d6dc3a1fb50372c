"""A crash or a full disk during an upload leaves no row without a file and no half file (F12)."""

import errno
import os
import signal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from documents.errors import BadFile
from documents.models import Document
from documents.services import receive_upload, store_document
from documents.storage import without_syncing
from tests.documents import good
from tests.documents.scenes import files_in
from trainers.models import Trainer

FAULT = "documents.before_row:kill"


def send() -> None:
    """Store a certificate of Jordan's."""
    jordan, _ = Trainer.objects.get_or_create(email="jordan@example.org", defaults={"name": "Jordan Rivera"})
    store_document(SimpleUploadedFile("certificate.pdf", good.pdf()), owner=jordan, by=jordan, at=clock.now())


def test_a_process_killed_between_writing_the_file_and_the_row_leaves_no_row(real_database):
    assert real_database.run(send, PORTAL_FAULT=FAULT).returncode == -signal.SIGKILL
    assert not Document.objects.exists()


def test_the_same_upload_succeeds_after_the_process_was_killed(real_database):
    real_database.run(send, PORTAL_FAULT=FAULT)
    assert real_database.run(send).returncode == 0
    assert Document.objects.count() == 1


def test_a_full_disk_shows_a_sentence_and_leaves_no_partial_file(db, jordan, storage, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadFile, match="Try again in a few minutes"):
        receive_upload(SimpleUploadedFile("certificate.pdf", good.pdf()), owner=jordan, at=jordan.joined_at)
    assert files_in(storage) == []


def test_stored_files_are_readable_only_by_the_portals_operating_system_user(storage):
    name = default_storage.save("2027/03/02/x.pdf", ContentFile(b"bytes"))
    path = storage / name
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_stored_file_has_no_public_url(storage):
    with pytest.raises(NotImplementedError):
        default_storage.url("2027/03/02/x.pdf")


def test_a_stored_file_and_its_folder_are_on_the_disk_except_where_nobody_waits_for_it(storage, monkeypatch):
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    default_storage.save("2027/03/02/kept.pdf", ContentFile(b"bytes"))
    assert len(synced) == 2
    with without_syncing():
        default_storage.save("2027/03/02/demo.pdf", ContentFile(b"bytes"))
    assert len(synced) == 2
    default_storage.save("2027/03/02/after.pdf", ContentFile(b"bytes"))
    assert len(synced) == 4
