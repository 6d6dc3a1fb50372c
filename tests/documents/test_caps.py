"""Each cap of an upload and of its parser, at the cap and one above it; larger things are made small for it."""

from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from documents import uploads
from documents.errors import BadFile
from documents.models import UploadHour
from documents.parser import images, make_safe, pdfs
from documents.parser.safe import RejectedFile
from documents.quota import count_upload
from tests.documents import good
from tests.renewals.scenes import moment

CAP = 25 * 1024 * 1024


@pytest.mark.parametrize(("size", "kept"), [(10, 10), (11, 0)])
def test_an_upload_one_byte_over_the_size_cap_is_counted_but_not_kept_in_memory(monkeypatch, size, kept):
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    handler = uploads.CappedUploadHandler()
    handler.new_file("certificate", "paper.pdf", "application/pdf", None)
    handler.receive_data_chunk(b"x" * 6, 0)
    handler.receive_data_chunk(b"x" * (size - 6), 6)
    file = handler.file_complete(size)
    assert (file.size, len(file.read())) == (size, kept)


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
def test_a_request_body_larger_than_four_files_and_a_form_gets_413(rf, more, status):
    asked = rf.post(
        "/help/", b"", content_type="text/plain", CONTENT_LENGTH=str(4 * CAP + 1024 * 1024 + more)
    )
    answer = uploads.BodyCap(lambda request: HttpResponse())(asked)
    assert answer.status_code == status


@pytest.mark.parametrize(("fields", "files", "status"), [(1000, 4, 200), (1001, 0, 400), (0, 5, 400)])
def test_a_form_with_more_than_1000_fields_or_4_files_is_refused(client, db, fields, files, status):
    sent = {f"field{number}": "1" for number in range(fields - 1)}
    sent |= {f"file{number}": SimpleUploadedFile(f"{number}.txt", b"1") for number in range(files)}
    answer = client.post("/claim/", {**sent, **({"number": "1"} if fields else {})})
    assert answer.status_code == (422 if status == 200 else status)


@pytest.mark.parametrize(("sizes", "refused"), [([CAP] * 12, False), ([CAP] * 12 + [1], True)])
def test_an_account_may_upload_the_size_of_twelve_largest_files_an_hour_and_no_more(jordan, sizes, refused):
    at = moment("2027-03-02")
    for size in sizes[:12]:
        count_upload(jordan, size, at=at)
    if refused:
        with pytest.raises(BadFile) as error:
            count_upload(jordan, sizes[-1], at=at)
        assert error.value.code == "too_often"
        count_upload(jordan, sizes[-1], at=moment("2027-03-02 13:00"))
    assert UploadHour.objects.get(hour=at).size == 12 * CAP


@pytest.mark.parametrize(("size", "code"), [((10, 10), None), ((10, 11), "too_many_pixels")])
def test_a_picture_with_more_than_the_maximum_number_of_pixels_is_refused(monkeypatch, size, code):
    monkeypatch.setattr(images, "MAX_PIXELS", 100)
    data = BytesIO()
    Image.new("RGB", size, "white").save(data, "PNG")
    assert code_of(data.getvalue()) == code


def test_the_maximum_size_of_a_picture_is_64_megapixels():
    assert images.MAX_PIXELS == 64_000_000


@pytest.mark.parametrize(("spare", "code"), [(0, None), (-1, "too_heavy")])
def test_a_pdf_whose_page_contents_exceed_the_byte_limit_is_refused(monkeypatch, spare, code):
    data = good.pdf(pages=3)
    with pikepdf.open(BytesIO(data)) as made:
        drawn = sum(len(page.Contents.read_bytes()) for page in made.pages)
    monkeypatch.setattr(pdfs, "MAX_PAINTED", drawn + spare)
    assert code_of(data) == code


def code_of(data: bytes) -> str | None:
    try:
        make_safe(data)
    except RejectedFile as refused:
        return refused.code
    return None
