"""The bytes that were sent are kept unaltered, and never served as they are (Q30)."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models import HistoryEntry
from core.retention import let_old_go
from documents.errors import BadFile
from documents.invariants import CHECKS
from documents.models import Document, UploadHour, Viewing
from documents.names import page_name, sent_name
from documents.quota import count_upload
from documents.services import read_original, store_document
from documents.tasks import sweep_files
from documents.uses import evidence_uses
from tests import factories
from tests.cast import member
from tests.documents import good
from tests.documents.scenes import files_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]
MOMENT = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


def stored(owner, content: bytes, name: str = "certificate.pdf") -> Document:
    return store_document(SimpleUploadedFile(name, content), owner=owner, by=owner, at=MOMENT)


def page(document: Document, number: int = 1) -> str:
    return reverse("documents:page", args=[document.pk, number])


def complaints() -> list[str]:
    return [line for check in CHECKS for line in check.find()]


@pytest.mark.parametrize(
    ("name", "sent_type", "downloaded"),
    [
        ("form_noap.pdf", "application/pdf", "form_noap.pdf"),
        ("layers.pdf", "application/pdf", "layers.pdf"),
        ("bom_before_pdf.pdf", "application/pdf", "bom_before_pdf.pdf"),
        ("iphone.heic", "image/heic", "iphone.jpg"),
    ],
)
def test_the_original_bytes_of_an_upload_are_kept(jordan, name, sent_type, downloaded):
    sent = good.file(name)
    document = stored(jordan, sent, name)
    with default_storage.open(sent_name(document.stored_as)) as original:
        assert original.read() == sent
    assert read_original(document) == sent
    assert (document.sent_size, document.sent_type) == (len(sent), sent_type)
    assert document.sent_sha256 == hashlib.sha256(sent).hexdigest()
    assert document.original_name == downloaded
    assert complaints() == []


def test_no_url_serves_the_original_bytes_of_an_upload(jordan, signed_in):
    sent = good.file("form_noap.pdf")
    document = stored(jordan, sent)
    client = signed_in(jordan)
    for name, parts in (("download", []), ("page", [1]), ("thumbnail", [])):
        response = client.get(reverse(f"documents:{name}", args=[document.pk, *parts]))
        assert response.status_code == 200
        assert b"".join(response.streaming_content) != sent


def test_a_document_page_is_served_as_a_picture_that_is_never_cached(jordan, signed_in):
    document = stored(jordan, good.pdf(pages=2))
    client = signed_in(jordan)
    response = client.get(page(document, 2))
    assert Image.open(BytesIO(b"".join(response.streaming_content))).size == (1391, 1800)
    assert response["Content-Type"] == "image/webp"
    assert not response.has_header("Content-Disposition")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for number in (0, 3, 99999999999999999999):
        assert client.get(page(document, number)).status_code == 410
    assert not HistoryEntry.objects.filter(verb="viewed").exists()


@pytest.mark.parametrize("name", ["page", "thumbnail"])
def test_only_the_owner_and_staff_with_the_permission_get_page_pictures(jordan, stranger, signed_in, name):
    document = stored(jordan, good.pdf())
    address = reverse(f"documents:{name}", args=[document.pk, *([1] if name == "page" else [])])
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(member("Casey Catalogue", permissions=("view_course",))).get(address).status_code == 404
    assert signed_in(member("Dana Documents", permissions=("view_document",))).get(address).status_code == 200


def test_viewing_page_pictures_is_recorded_in_history_once_an_hour(jordan, signed_in, clock_at):
    document = stored(jordan, good.pdf(pages=3))
    reviewer = member("Dana Documents", permissions=("view_document",))
    client = signed_in(reviewer)
    clock_at("2027-03-03 12:00")
    for number in (1, 2, 3, 1):
        client.get(page(document, number))
    assert HistoryEntry.objects.filter(verb="viewed", by=reviewer, trainer=jordan).count() == 1
    clock_at("2027-03-03 13:00")
    client.get(page(document))
    assert HistoryEntry.objects.filter(verb="viewed", by=reviewer).count() == 2


@pytest.mark.parametrize("which", [sent_name, lambda stored_as: page_name(stored_as, 1)])
def test_the_check_of_stored_files_reports_a_changed_or_missing_file(jordan, which):
    document = stored(jordan, good.pdf())
    default_storage.delete(which(document.stored_as))
    assert len(complaints()) == 2
    default_storage.save(which(document.stored_as), ContentFile(b"something else"))
    assert complaints() == [
        f"document {document.pk}: a file of {document.stored_as} is gone or is not what it was"
    ]


def test_an_old_document_without_page_pictures_gets_them_from_its_stored_copy(jordan, storage):
    document = stored(jordan, good.pdf())
    for name in (sent_name(document.stored_as), page_name(document.stored_as, 1)):
        default_storage.delete(name)
    Document.objects.update(pages=None, sent_size=0, sent_type="")
    sweep_files()
    document.refresh_from_db()
    assert len(document.pages) == 1
    assert read_original(document) is None
    assert complaints() == []


def test_rendering_is_not_retried_for_a_document_that_cannot_be_rendered(jordan):
    document = factories.DocumentFactory(owner=jordan)
    sweep_files()
    document.refresh_from_db()
    assert document.pages == []
    assert list(document.page_numbers) == []


@pytest.mark.parametrize("code", ["busy", "unavailable"])
def test_a_document_stays_without_pictures_until_a_later_run_when_no_parser_is_free(
    jordan, monkeypatch, code
):
    def refuse(data: bytes) -> None:
        raise BadFile(code)

    document = stored(jordan, good.pdf())
    Document.objects.update(pages=None)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("documents.services.parse_in_sandbox", refuse)
        sweep_files()
    document.refresh_from_db()
    assert document.pages is None
    sweep_files()
    document.refresh_from_db()
    assert len(document.pages) == 1


def test_a_form_shown_again_with_errors_has_a_thumbnail_of_the_kept_file(send):
    response = send("certificate.pdf", good.pdf(), title="")
    assert response.status_code == 422
    assert '<img class="shot-picture" src="data:image/webp;base64,UklGR' in response.content.decode()


def test_an_account_over_its_hourly_file_limit_is_refused_and_refused_files_count_too(
    send, storage, settings, clock_at
):
    settings.UPLOADS_PER_HOUR = 2
    clock_at("2027-03-03 12:00")
    assert send("certificate.pdf", b"not a file").status_code == 422
    assert send("certificate.pdf", good.pdf()).status_code == 200
    kept = files_in(storage)
    refused = send("certificate.pdf", good.pdf())
    assert refused.status_code == 422
    assert "You have sent many files in the last hour." in refused.content.decode()
    assert files_in(storage) == kept
    clock_at("2027-03-03 13:00")
    assert send("certificate.pdf", good.pdf()).status_code == 200


def test_an_account_over_its_hourly_byte_limit_is_refused_and_other_accounts_are_not(jordan, stranger):
    for _ in range(12):
        count_upload(jordan, 25 * 1024 * 1024, at=MOMENT)
    with pytest.raises(BadFile, match="many files in the last hour"):
        count_upload(jordan, 1, at=MOMENT)
    count_upload(stranger, 1, at=MOMENT)
    count_upload(jordan, 1, at=MOMENT + timedelta(hours=1))
    let_old_go(MOMENT + timedelta(days=2))
    assert not UploadHour.objects.exists()


def test_every_relation_to_a_document_says_how_long_its_row_needs_the_file():
    """A relation that says nothing would lose its files when their time is over."""
    relations = [one for one in Document._meta.related_objects if not one.many_to_many]
    related = {(one.related_model, one.field.name) for one in relations}
    said = {
        (rows.model, use.path)
        for use in evidence_uses()
        for rows in (
            use.counts_since and use.counts_since(date(2027, 6, 30)),
            use.in_open_case and use.in_open_case(),
        )
        if rows is not None
    }
    assert related - said == {(Viewing, "document")}, "who opened a file needs it no longer"
