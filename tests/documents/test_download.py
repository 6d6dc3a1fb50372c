"""A file is served to its owner, or to staff with the permission, and to no one else (invariant 12)."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import HistoryEntry
from documents.models import Document
from documents.services import store_document
from tests.cast import member
from tests.documents import good

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]
MOMENT = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


@pytest.fixture
def document(jordan) -> Document:
    return stored(jordan)


def stored(owner, name: str = "certificate.pdf") -> Document:
    return store_document(SimpleUploadedFile(name, good.pdf()), owner=owner, by=owner, at=MOMENT)


def address(document: Document) -> str:
    return reverse("documents:download", args=[document.pk])


def plain(content: bytes) -> bytes:
    """The page without the token that differs at every visit."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def test_an_owner_downloads_the_bytes_that_were_stored(document, jordan, signed_in):
    response = signed_in(jordan).get(address(document))
    assert response.status_code == 200
    with default_storage.open(document.stored_as) as kept:
        assert b"".join(response.streaming_content) == kept.read()
    assert not HistoryEntry.objects.filter(verb="viewed").exists()


def test_a_download_is_sent_as_an_attachment_that_is_never_cached(document, jordan, signed_in):
    response = signed_in(jordan).get(address(document))
    assert response["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(document.size)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_name_in_any_script_is_kept_in_the_download_header(jordan, signed_in):
    document = stored(jordan, 'Łukasz "证书" ü.pdf')
    header = signed_in(jordan).get(address(document))["Content-Disposition"]
    assert header.startswith("attachment; filename*=utf-8''")
    assert unquote(header.partition("''")[2]) == "Łukasz -证书- ü.pdf"


def test_another_trainers_document_and_a_missing_one_get_the_same_answer(
    document, stranger, signed_in, django_assert_num_queries
):
    client = signed_in(stranger)
    client.get("/livez")
    with django_assert_num_queries(4) as first:
        others = client.get(address(document))
    with django_assert_num_queries(4) as second:
        absent = client.get(f"/documents/{document.pk + 999}/")
    assert others.status_code == absent.status_code == 404
    assert plain(others.content) == plain(absent.content)
    assert [q["sql"][:90] for q in first] == [q["sql"][:90] for q in second]


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999", "9223372036854775808"])
def test_a_document_number_too_large_for_the_database_gives_404(jordan, signed_in, number):
    assert signed_in(jordan).get(f"/documents/{number}/").status_code == 404


def test_a_visitor_is_redirected_to_sign_in(document):
    response = Client().get(address(document))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_download_by_a_reviewer_is_recorded(document, jordan, signed_in, clock_at):
    moment = clock_at("2027-03-03")
    reviewer = member("Dana Documents", permissions=("view_document",))
    response = signed_in(reviewer).get(address(document))
    assert response.status_code == 200
    entry = HistoryEntry.objects.get(verb="viewed")
    assert (entry.subject, entry.trainer, entry.by, entry.at) == (
        f"documents.document:{document.pk}",
        jordan,
        reviewer,
        moment,
    )


def test_staff_without_the_permission_get_404(document, signed_in):
    client = signed_in(member("Casey Catalogue", permissions=("view_course",)))
    assert client.get(address(document)).status_code == 404
    assert not HistoryEntry.objects.filter(verb="viewed").exists()


def test_a_reviewer_who_has_not_passed_a_second_factor_cannot_open_a_document(document, signed_in):
    reviewer = member("Dana Documents", permissions=("view_document",))
    response = signed_in(reviewer, second_factor=False).get(address(document))
    assert response.status_code == 302
    assert not HistoryEntry.objects.filter(verb="viewed").exists()


def test_a_person_with_the_permission_who_is_not_staff_cannot_open_a_document(document, stranger, signed_in):
    stranger.user_permissions.set(Permission.objects.filter(codename="view_document"))
    assert signed_in(stranger).get(address(document)).status_code == 404


def test_downloading_a_file_missing_from_storage_shows_a_sentence(document, jordan, signed_in):
    default_storage.delete(document.stored_as)
    response = signed_in(jordan).get(address(document))
    assert response.status_code == 410
    assert "Something happened to <strong>certificate.pdf</strong> on our side" in response.content.decode()


def test_a_file_with_changed_bytes_is_not_served(document, jordan, signed_in):
    default_storage.delete(document.stored_as)
    default_storage.save(document.stored_as, ContentFile(b"something else"))
    assert signed_in(jordan).get(address(document)).status_code == 410


def test_a_document_download_url_refuses_post(document, jordan, signed_in):
    client = signed_in(jordan)
    assert client.head(address(document)).status_code == 200
    assert client.post(address(document)).status_code == 405
