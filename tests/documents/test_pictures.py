"""What people look at: pictures drawn from the bytes that were sent, and a copy that shows the same (Q30)."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops

from documents.parser import make_safe
from tests.documents import good


def words_at(y: int, text: str) -> bytes:
    """A letter page that says `text` in Helvetica at (60, y), written plainly: nothing is left to the parser."""
    return f"BT /F1 14 Tf 60 {y} Td ({text}) Tj ET".encode()


def reference(*lines: bytes) -> Image.Image:
    """A picture of a page that says these lines, drawn as large as a page's picture."""

    def say(made):
        made.pages[0].Contents = made.make_stream(b"\n".join(lines))

    page = pypdfium2.PdfDocument(good.pdf(prepare=say))[0]
    return page.render(scale=1799.5 / 792).to_pil().convert("L")


def first_picture(content: bytes) -> Image.Image:
    return Image.open(BytesIO(make_safe(content).pages[0])).convert("L")


def copied(content: bytes) -> Image.Image:
    """The copy that is downloaded, drawn without a program's forms."""
    page = pypdfium2.PdfDocument(make_safe(content).content)[0]
    return page.render(scale=1799.5 / 792).to_pil().convert("L")


def ink(picture: Image.Image, *, top: int, bottom: int) -> int:
    """How many dark pixels lie between two heights, in points from the bottom of a letter page."""
    scale = picture.height / 792
    strip = picture.crop((0, int((792 - top) * scale), picture.width, int((792 - bottom) * scale)))
    return sum(strip.histogram()[:128])


def look_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether no blot of a letter's size differs: an edge may be softer, a letter may not be missing."""
    difference = ImageChops.difference(one, other.resize(one.size)).reduce(6)
    return difference.getextrema()[1] < 70


def as_wide(one: Image.Image, other: Image.Image, *, top: int, bottom: int) -> bool:
    """Whether both have about as much ink, over the same width, in a strip."""
    here, there = (
        picture.crop((0, int((792 - top) * s), picture.width, int((792 - bottom) * s))).point(
            lambda value: 255 if value < 128 else 0
        )
        for picture, s in ((one, one.height / 792), (other, other.height / 792))
    )
    left, right = here.getbbox(), there.getbbox()
    return left is not None and abs((left[2] - left[0]) - (right[2] - right[0])) < 12


def filled_field(value: str):
    """A form with one field that holds `value` and has no drawn appearance."""

    def fill(made):
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        box = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V=String(value), F=4,
                         Rect=[60, 600, 360, 624], DA="/Helv 14 Tf 0 g")  # fmt: skip
        made.pages[0].Annots = Array([made.make_indirect(box)])
        made.Root.AcroForm = Dictionary(
            Fields=made.pages[0].Annots, DR=Dictionary(Font=Dictionary(Helv=font)), DA="/Helv 14 Tf 0 g"
        )

    return good.pdf(prepare=fill)


def field_with_another_appearance(made):
    """Return a form field whose value differs from its appearance: viewers show the appearance."""
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    shown = made.make_stream(
        b"BT /Helv 14 Tf 2 7 Td (As it was drawn) Tj ET", Type=Name.XObject, Subtype=Name.Form,
        BBox=[0, 0, 300, 24], Resources=Dictionary(Font=Dictionary(Helv=font)))  # fmt: skip
    box = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="x", F=4,
                     Rect=[60, 600, 360, 624], DA="/Helv 14 Tf 0 g", AP=Dictionary(N=shown))  # fmt: skip
    made.pages[0].Annots = Array([made.make_indirect(box)])
    made.Root.AcroForm = Dictionary(Fields=made.pages[0].Annots)


@pytest.mark.parametrize("drawn", [first_picture, copied])
def test_a_filled_pdf_form_field_without_an_appearance_stream_is_rendered_with_its_text(drawn):
    expected = reference(words_at(606, "Dana Fields"))
    picture = drawn(good.file("form_noap.pdf"))
    assert ink(picture, top=624, bottom=600) > 500
    assert as_wide(picture, expected, top=624, bottom=600)


@pytest.mark.parametrize("drawn", [first_picture, copied])
def test_a_hidden_layer_of_a_pdf_stays_hidden(drawn):
    picture = drawn(good.file("layers.pdf"))
    assert ink(picture, top=760, bottom=700) > 500
    assert ink(picture, top=699, bottom=0) == 0


@pytest.mark.parametrize("drawn", [first_picture, copied])
def test_a_polish_name_in_a_pdf_form_field_keeps_its_letters(drawn):
    """Beside it the name with question marks, as it was shown before."""
    polish = drawn(filled_field("Łukasz Żółć"))
    questions = drawn(filled_field("?ukasz ?ó??"))
    assert ink(polish, top=624, bottom=600) > 500
    assert not look_alike(polish, questions)


@pytest.mark.parametrize("drawn", [first_picture, copied])
def test_a_pdf_form_field_with_an_appearance_stream_keeps_it(drawn):
    picture = drawn(good.pdf(prepare=field_with_another_appearance))
    assert as_wide(picture, reference(words_at(606, "As it was drawn")), top=624, bottom=600)


def test_a_sanitized_pdf_keeps_its_text_only_if_its_pages_look_the_same_and_else_is_pictures():
    kept = pypdfium2.PdfDocument(make_safe(good.file("layers.pdf")).content)[0]
    assert "Certificate" in kept.get_textpage().get_text_range()
    drawn = pypdfium2.PdfDocument(make_safe(good.file("form_noap.pdf")).content)[0]
    assert drawn.get_textpage().get_text_range() == ""
    assert drawn.get_size() == (612, 792)


def test_every_page_gets_a_picture_and_a_long_file_gets_smaller_ones():
    assert [Image.open(BytesIO(page)).size for page in make_safe(good.pdf(pages=2)).pages] == [
        (1391, 1800)
    ] * 2
    many = make_safe(good.pdf(pages=13)).pages
    assert {Image.open(BytesIO(page)).size for page in many} == {(966, 1250)}


def test_a_rotated_pdf_page_is_rendered_rotated():
    def turn(made):
        made.pages[0].Rotate = 90

    assert first_picture(good.pdf(prepare=turn)).size == (1800, 1391)


def test_a_card_sized_page_is_rendered_at_four_pixels_per_point():
    made = pikepdf.new()
    made.add_blank_page(page_size=(243, 153))
    out = BytesIO()
    made.save(out)
    assert first_picture(out.getvalue()).size == (972, 612)
