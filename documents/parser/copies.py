"""The pictures of a PDF's pages, and a copy that looks the same: rebuilt pages, or else those
pictures (Q30).
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import chain

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from documents.parser.pdfs import pdf_bytes, rebuild_pdf
from documents.parser.pictures import page_picture, thumbnail_of
from documents.parser.rendering import Pages, looks_the_same, opened_pages
from documents.parser.safe import RejectedFile, SafeFile

PDF = "application/pdf"


def copy_pdf(data: bytes, side: int) -> SafeFile:
    """Return a picture of each page as it was sent, and a copy whose pages look the same.

    The copy is rebuilt from the PDF, or made of the pictures when the rebuilt one looks different.
    Raises Rejected.
    """
    rebuilt = rebuild_pdf(data)
    with opened_pages(data, side) as sent:
        if len(sent) != rebuilt.page_count:
            raise RejectedFile("damaged")
        first = sent.rendered(0)
        thumbnail = thumbnail_of(first)
        others = (sent.rendered(number) for number in range(1, len(sent)))
        pages = tuple(page_picture(page, side) for page in chain([first], others))
        content = rebuilt.content
        if rebuilt.may_look_different and not _look_the_same(content, sent):
            content = _from_pictures(sent)
    return SafeFile(PDF, content, PDF, pages, thumbnail)


def _look_the_same(content: bytes, sent: Pages) -> bool:
    with opened_pages(content, sent.side) as copy:
        return all(looks_the_same(copy.rendered(n), sent.rendered(n)) for n in range(len(sent)))


def _from_pictures(sent: Pages) -> bytes:
    """Return a PDF of what the pages look like, where they cannot be rebuilt to look the same."""
    with pikepdf.new() as made:
        for number, (width, height) in _sizes(sent):
            page = sent.rendered(number)
            made.add_blank_page(page_size=(width, height))
            made.pages[-1].Resources = Dictionary(XObject=Dictionary(Page=_image(made, page)))
            made.pages[-1].Contents = made.make_stream(f"{width} 0 0 {height} 0 0 cm /Page Do".encode())
        return pdf_bytes(made)


def _sizes(sent: Pages) -> Iterator[tuple[int, tuple[float, float]]]:
    return ((number, sent.points(number)) for number in range(len(sent)))


def _image(made: pikepdf.Pdf, page: Image.Image) -> pikepdf.Stream:
    out = BytesIO()
    page.save(out, "JPEG", quality=88)
    return pikepdf.Stream(
        made,
        out.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=page.width,
        Height=page.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
