"""The pictures of pages that people see: WebP, encoded by us."""

from io import BytesIO

from PIL import Image

SIDE = 1800  # pixels of the longest side: about 160 dots an inch of a letter page
SIDE_OF_MANY = 1250  # of a long file, so that its pictures take no longer than those of a short one
MANY_PAGES = 12
THUMBNAIL_SIDE = 240


def side_for(pages: int) -> int:
    """Return the longest side, in pixels, of the pictures of a file with this many pages."""
    return SIDE if pages <= MANY_PAGES else SIDE_OF_MANY


def page_picture(page: Image.Image, side: int) -> bytes:
    """Return a rendered page as a picture whose longest side has at most `side` pixels."""
    return _webp(page, side, quality=80)


def thumbnail_of(page: Image.Image) -> bytes:
    """Return a small picture of a page, by which people recognise a file."""
    return _webp(page, THUMBNAIL_SIDE, quality=70)


def _webp(page: Image.Image, side: int, *, quality: int) -> bytes:
    smaller = page
    if max(page.size) > side:
        scale = side / max(page.size)
        size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
        smaller = page.resize(size, Image.Resampling.BILINEAR, reducing_gap=2)
    out = BytesIO()
    smaller.convert("RGB").save(out, "WEBP", quality=quality, method=1)
    return out.getvalue()
