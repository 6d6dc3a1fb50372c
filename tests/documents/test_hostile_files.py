"""A hostile file gets a sentence at its field, and nothing is stored."""

import pytest

from core.models import HistoryEntry
from documents.errors import SENTENCES
from documents.models import Document
from documents.names import clean_file_name
from documents.uploads import CappedUploadHandler
from tests.documents import good
from tests.documents.hostile import HOSTILE
from tests.documents.scenes import claims_in, files_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_malicious_file_is_refused_with_a_sentence_and_nothing_is_stored(kind, send, storage, monkeypatch):
    monkeypatch.setattr(
        "documents.sandbox.WALL_SECONDS", 60
    )  # on a busy machine, too, its work alone decides
    monkeypatch.setattr("documents.sandbox.FORM_SECONDS", 90)
    code, make = HOSTILE[kind]
    response = send("certificate.pdf", make())
    assert response.status_code == 422
    assert response.context["form"].errors == {"certificate": [SENTENCES[code]]}
    assert SENTENCES[code] in response.content.decode().replace("&#x27;", "'")
    assert 'value="Nutrition"' in response.content.decode()
    assert files_in(storage) == []
    assert not Document.objects.exists()
    assert not HistoryEntry.objects.exists()


def test_the_tests_cover_at_least_60_malicious_files():
    assert len(HOSTILE) >= 60


def test_a_file_of_exactly_25_megabytes_is_accepted(send, storage):
    padded = good.pdf() + b"\x00" * (25 * 1024 * 1024 - len(good.pdf()))
    assert send("certificate.pdf", padded).status_code == 200
    assert len(claims_in(storage)) == 1


def test_an_upload_that_is_too_large_is_not_kept_in_memory():
    handler = CappedUploadHandler()
    handler.new_file("certificate", "film.pdf", "application/pdf", None)
    chunk = b"x" * 1024 * 1024
    for number in range(27):
        handler.receive_data_chunk(chunk, number * len(chunk))
    file = handler.file_complete(27 * len(chunk))
    assert file.size == 27 * len(chunk)
    assert file.read() == b""


def test_a_request_body_larger_than_any_form_gets_413(signed_in, jordan):
    answer = signed_in(jordan).generic("POST", "/home/", b"", CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413
    assert "smaller than 25 MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("length", "status"), [("", 422), ("x", 422), ("-5", 400), ("1e3", 422), ("99999999999999999999", 413)]
)
def test_an_invalid_content_length_causes_no_server_error(send, length, status):
    assert send.exactly("certificate.pdf", good.pdf(), CONTENT_LENGTH=length).status_code == status


@pytest.mark.parametrize("name", ["", ".", "..", "/", "a/..", "\ud800.pdf"])
def test_a_file_without_a_usable_name_is_treated_as_no_file_chosen(send, storage, name):
    response = send.exactly(name, good.pdf())
    assert response.status_code == 422
    assert response.context["form"].errors == {"certificate": ["Choose a PDF or a photo."]}
    assert files_in(storage) == []


def test_text_posted_in_place_of_a_file_is_treated_as_no_file_chosen(send):
    response = send.client.post("/send/", {"title": "Nutrition", "certificate": "x" * 5000})
    assert response.status_code == 422
    assert response.context["form"].errors == {"certificate": ["Choose a PDF or a photo."]}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("certificate.pdf", "certificate.pdf"),
        ("..\\..\\windows\\x.pdf", "x.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("CON.pdf", "file-CON.pdf"),
        ("com1.png.pdf", "file-com1.png.pdf"),
        ("certificate\u202efdp.exe", "certificatefdp.exe.pdf"),
        ("certi\x00ficate.pdf", "certificate.pdf"),
        ("certi\x1bficate\x07.pdf", "certificate.pdf"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("no ending", "no ending.pdf"),
        ("photo.PNG", "photo.pdf"),
        (".pdf", "document.pdf"),
        ("...", "document.pdf"),
        ("   .pdf", "document.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "-img src=x onerror=alert(1)-.pdf"),
        ("a\u200b\ufeffb.pdf", "ab.pdf"),
        ("zertifikat für Łukasz.pdf", "zertifikat für Łukasz.pdf"),
        ("证书.pdf", "证书.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("=cmd()|'x'.pdf", "=cmd()-'x'.pdf"),
        ("certificate.pdf ", "certificate.pdf"),
    ],
)
def test_a_dangerous_file_name_is_sanitized(name, kept):
    assert clean_file_name(name, "application/pdf") == kept


def test_a_file_is_stored_under_its_cleaned_name(send):
    assert send.exactly("..\\..\\certi\x1bficate\u202efdp.exe", good.pdf()).status_code == 200
    assert Document.objects.get().original_name == "certificatefdp.exe.pdf"
