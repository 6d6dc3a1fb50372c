"""Valid files of the kinds that people send, made in code."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

FILES = Path(__file__).parent / "files"


def file(name: str) -> bytes:
    """A file made by hand for this project, without personal data."""
    return (FILES / name).read_bytes()


def picture(mode: str = "RGB", size: tuple[int, int] = (320, 200)) -> Image.Image:
    """A card with a dark corner at the top left, so that turning and mirroring show."""
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 3, size[1] // 3), fill="black")
    return made if mode == "RGB" else made.convert(mode)


def encoded(made: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()


def jpeg(mode: str = "RGB", **options: Any) -> bytes:
    return encoded(picture(mode), "JPEG", **options)


def png(mode: str = "RGB", **options: Any) -> bytes:
    return encoded(picture(mode), "PNG", **options)


def turned_jpeg(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera that tells where it was"
    return jpeg(exif=exif)


def pdf(pages: int = 1, prepare: Any = None, **save: Any) -> bytes:
    """Return a PDF whose pages show "Certificate"; `prepare(pdf)` adds what a test is about."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(612, 792))
        page = made.pages[-1]
        page.Contents = made.make_stream(b"BT /F1 24 Tf 72 700 Td (Certificate) Tj ET")
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    if prepare:
        prepare(made)
    out = BytesIO()
    made.save(out, **save)
    return out.getvalue()
