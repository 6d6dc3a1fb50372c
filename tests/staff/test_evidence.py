"""Evidence on a review page: links for page, size and rotation; a page that does not exist is
replaced by the first.
"""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents.models import Document, Viewing
from documents.services import note_page, store_document
from documents.webp import picture_size
from staff.evidence import NamedFile, evidence_for, further_pages_unseen
from tests.documents import good
from tests.factories import LONG_AGO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


@pytest.fixture
def files(jordan) -> list[NamedFile]:
    """A certificate of two pages and an agenda of one, each page 1391 by 1800 pixels."""

    def stored(pages: int) -> Document:
        upload = SimpleUploadedFile("certificate.pdf", good.pdf(pages=pages))
        return store_document(upload, owner=jordan, by=jordan, at=LONG_AGO)

    return [NamedFile("Certificate", stored(2)), NamedFile("Agenda", stored(1))]


def test_by_default_the_evidence_shows_the_first_page_of_the_first_document_fitted_to_width(files, reviewer):
    shown = evidence_for(files, reviewer, {})
    assert (shown.current.label, shown.page, shown.pages) == ("Certificate", 1, 2)
    assert (shown.sheet.width, shown.sheet.box, shown.sheet.transform) == (None, (1391, 1800), "")
    assert [one.label for one in shown.others] == ["Agenda"]


def test_the_links_for_page_zoom_and_rotation_keep_the_other_choices(files, reviewer):
    pk = files[0].document.pk
    asked = {"doc": str(pk), "page": "2", "zoom": "100", "turn": "90"}
    shown = evidence_for(files, reviewer, asked, kept={"item": "7"})
    urls = {tool.label: tool.url for tool in shown.tools}
    kept = f"?item=7&doc={pk}"
    assert urls["+"] == f"{kept}&page=2&zoom=150&turn=90#evidence"
    assert urls["−"] == f"{kept}&page=2&zoom=75&turn=90#evidence"
    assert urls["Turn"] == f"{kept}&page=2&zoom=100&turn=180#evidence"
    assert shown.next_page == f"{kept}&page=1&zoom=100&turn=90#evidence"
    assert (shown.sheet.width, shown.sheet.height) == (1800, 1391)
    assert shown.sheet.transform == "translate(1800 0) rotate(90)"


@pytest.mark.parametrize(
    "asked",
    [
        {"doc": "0", "page": "9", "zoom": "1e9", "turn": "45"},
        {"doc": "x", "page": "-1", "zoom": "", "turn": "９０"},
        {"doc": "9" * 40, "page": "\x00", "zoom": "fit", "turn": "360"},
    ],
)
def test_invalid_page_zoom_or_rotation_parameters_show_the_first_page(files, reviewer, asked):
    shown = evidence_for(files, reviewer, asked)
    assert (shown.current.label, shown.page, shown.sheet.transform) == ("Certificate", 1, "")


def test_a_warning_names_a_document_with_pages_that_the_reviewer_has_not_viewed(
    files, reviewer, second_reviewer
):
    certificate, agenda = (one.document for one in files)
    for document in (certificate, agenda):
        note_page(document, page=1, by=reviewer, at=LONG_AGO)
    assert further_pages_unseen(files, reviewer) == ["Not every page of “Certificate” was opened by you."]
    note_page(certificate, page=2, by=reviewer, at=LONG_AGO)
    assert further_pages_unseen(files, reviewer) == []
    assert len(further_pages_unseen(files, second_reviewer)) == 1
    assert Viewing.objects.count() == 3


def test_a_page_whose_picture_is_missing_is_left_out_of_the_viewer(files, reviewer):
    Document.objects.filter(pk=files[0].document.pk).update(pages=["0" * 64, "0" * 64])
    files[0].document.refresh_from_db()
    shown = evidence_for(files, reviewer, {})
    assert (shown.sheet, shown.tools) == (None, [])


@pytest.mark.parametrize(
    "options", [{"quality": 80}, {"lossless": True}, {"quality": 80, "exif": b"Exif\0\0"}]
)
def test_the_dimensions_of_a_picture_are_read_from_its_first_bytes(options):
    out = BytesIO()
    Image.new("RGB", (1391, 7), "white").save(out, "WEBP", **options)
    assert picture_size(out.getvalue()[:40]) == (1391, 7)


@pytest.mark.parametrize("content", [b"", b"RIFF\0\0\0\0WEBPVP8 ", b"\x89PNG" + b"\0" * 40])
def test_reading_the_dimensions_of_bytes_that_are_not_a_picture_raises_an_error(content):
    with pytest.raises(ValueError, match="not a WebP picture"):
        picture_size(content)
