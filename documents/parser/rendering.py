"""Render the pages of a PDF as browsers do: layers that are off stay off, forms and notes are shown.

PDFium renders from the bytes that were sent, without scripts (Q30).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PIL import Image, ImageChops

from documents.parser.pictures import side_for
from documents.parser.safe import RejectedFile

MOST_ZOOM = 4  # 288 dots an inch: a page the size of a card is not rendered larger
NOTICED = 64  # of 255: a smaller difference is the soft edge of a letter


@contextmanager
def opened_pages(data: bytes, side: int) -> Iterator["Pages"]:
    """Yield the pages of a PDF, ready to be rendered. Raises Rejected when PDFium cannot open it."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise RejectedFile("cannot_show") from None
    try:
        pdf.init_forms()  # before the first page, or what is typed into fields is not rendered
        yield Pages(pdf, min(side, side_for(len(pdf))))
    finally:
        pdf.close()


class Pages:
    """The pages of one open file. They are rendered one at a time, because fifty do not fit into
    memory.
    """

    def __init__(self, pdf: pypdfium2.PdfDocument, side: int) -> None:
        self.pdf = pdf
        self.side = side

    def __len__(self) -> int:
        return len(self.pdf)

    def rendered(self, number: int) -> Image.Image:
        """Return a picture of page `number`, from 0, on white. Raises Rejected when it cannot be
        rendered.
        """
        try:
            page = self.pdf[number]
            scale = min((self.side - 0.5) / max(page.get_size()), MOST_ZOOM)  # PDFium rounds up
            picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            page.close()
        except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError):
            raise RejectedFile("cannot_show") from None
        return picture

    def points(self, number: int) -> tuple[float, float]:
        """Return width and height of a page, in points."""
        width, height = self.pdf[number].get_size()
        return width, height


def looks_the_same(one: Image.Image, other: Image.Image) -> bool:
    """Return whether two pictures of a page are so alike that nobody would see a difference."""
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one, other).convert("L")
    return difference.point(lambda value: 255 if value > NOTICED else 0).getbbox() is None
