"""Valid files are accepted, whatever program or camera made them."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from documents.parser import make_safe
from documents.sandbox import parse_in_sandbox
from tests.documents import good, hostile

PICTURES = {
    "a grey JPEG": lambda: good.jpeg("L"),
    "a JPEG for print, in CMYK": lambda: good.jpeg("CMYK"),
    "a progressive JPEG": lambda: good.jpeg(progressive=True),
    "a JPEG from a camera": lambda: good.turned_jpeg(6),
    "a fax": lambda: good.png("1"),
    "a grey PNG": lambda: good.png("L"),
    "a PNG with a palette": lambda: good.png("P"),
    "a transparent PNG": lambda: good.png("RGBA"),
    "a grey transparent PNG": lambda: good.png("LA"),
    "an animated PNG": lambda: good.encoded(
        good.picture(), "PNG", save_all=True, append_images=[Image.new("RGB", (320, 200), "red")]
    ),
    "a WebP": lambda: good.encoded(good.picture(), "WEBP"),
    "a transparent WebP without loss": lambda: good.encoded(good.picture("RGBA"), "WEBP", lossless=True),
    "an interlaced PNG": lambda: good.encoded(good.picture(), "PNG", interlace=1),
}
PDFS = {
    "a certificate": lambda: good.pdf(),
    "an old PDF": lambda: good.pdf(force_version="1.3", object_stream_mode=pikepdf.ObjectStreamMode.disable),
    "a PDF of fifty pages": lambda: good.pdf(pages=50),
    "a PDF made for the web": lambda: good.pdf(linearize=True),
    "a PDF that may not be printed but opens": lambda: good.pdf(
        encryption=pikepdf.Encryption(owner="theirs", user="")
    ),
    "a PDF with wrong cross references": lambda: good.pdf().replace(b"startxref\n", b"startxref\n9"),
    "a PDF behind a byte-order mark": lambda: good.file("bom_before_pdf.pdf"),
    "a PDF behind a blank": lambda: b" " + good.pdf(),
    "a PDF behind 1,023 bytes": lambda: b"x" * 1023 + good.pdf(),
    "a PDF behind a zip": lambda: hostile.ZIP + good.pdf(),
    "a PDF behind a web page": lambda: hostile.HTML + good.pdf(),
    "a PDF with an empty page": lambda: good.pdf(prepare=lambda made: made.add_blank_page()),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_accepted(kind):
    safe = make_safe(PICTURES[kind]())
    made = Image.open(BytesIO(safe.content))
    assert safe.media_type == ("image/jpeg" if made.format == "JPEG" else "image/png")
    assert made.mode in ("L", "RGB")
    assert getattr(made, "n_frames", 1) == 1
    dark, light = made.getpixel((5, 5)), made.getpixel((made.width - 5, made.height - 5))
    if kind != "a JPEG from a camera":
        assert max([dark] if isinstance(dark, int) else dark) < 40
    assert min([light] if isinstance(light, int) else light) > 215


@pytest.mark.parametrize("kind", PDFS)
def test_a_pdf_is_accepted_with_all_its_pages(kind):
    sent = PDFS[kind]()
    with pikepdf.open(BytesIO(make_safe(sent).content)) as made, pikepdf.open(BytesIO(sent)) as before:
        assert len(made.pages) == len(before.pages)
        assert not made.is_encrypted


def test_a_16_bit_greyscale_picture_keeps_its_tones():
    deep = Image.new("I;16", (40, 40), 40_000)
    made = Image.open(BytesIO(make_safe(good.encoded(deep, "PNG")).content))
    assert made.getpixel((3, 3)) in (155, 156, 157)


def test_transparent_pixels_become_white():
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    made = Image.open(BytesIO(make_safe(good.encoded(clear, "PNG")).content))
    assert made.getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize(
    "sent",
    [
        lambda: good.encoded(Image.new("RGBA", (8_192, 6_144)), "PNG"),
        lambda: good.file("fifty_megapixels.heic"),
        lambda: good.file("fifty_megapixels.webp"),
    ],
    ids=["PNG", "HEIC", "WebP"],
)
def test_a_50_megapixel_photo_is_accepted_and_scaled_down(sent):
    safe = parse_in_sandbox(sent())
    assert Image.open(BytesIO(safe.content)).size == (4000, 3000)
    assert Image.open(BytesIO(safe.pages[0])).size == (1800, 1350)
    assert max(Image.open(BytesIO(safe.thumbnail)).size) == 240


def test_a_photo_from_a_phone_is_accepted_as_a_jpeg():
    safe = make_safe(good.file("iphone.heic"))
    assert (safe.media_type, safe.sent_type) == ("image/jpeg", "image/heic")
    made = Image.open(BytesIO(safe.content))
    assert made.size == (1600, 1200)
    assert not made.getexif()


@pytest.mark.parametrize("make", [good.pdf, good.png, good.jpeg])
def test_the_same_upload_gives_the_same_stored_bytes(make):
    assert make_safe(make()).content == make_safe(make()).content


def test_a_sanitized_pdf_can_be_uploaded_again():
    once = make_safe(good.pdf()).content
    assert make_safe(once).content
