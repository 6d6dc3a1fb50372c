"""Decode pictures and encode them again, so that no EXIF, profile, comment, second frame or
trailing byte is kept.
"""

from io import BytesIO

from PIL import Image

from documents.parser.pictures import page_picture, thumbnail_of
from documents.parser.safe import RejectedFile, SafeFile

MAX_PIXELS = 64_000_000  # phones make 48 and 50 million
LONGEST_SIDE = 4000  # enough to read the small print of a letter page
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
COPIES = {"png": "PNG"}  # the others are photos: their copies are JPEG
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked below, before a pixel is decoded


def reencode_image(data: bytes, kind: str, side: int) -> SafeFile:
    """Return the picture decoded and encoded again; pictures for viewing have at most `side` pixels
    on the longer side.

    `kind` is the format that its first bytes claim. Raises Rejected for too many pixels or damaged data.
    """
    if kind == "png":
        _check_sums(data)
    if kind == "heic":
        _register_heif()
    with Image.open(BytesIO(data), formats=(FORMATS[kind],)) as sent:
        if sent.width * sent.height > MAX_PIXELS:
            raise RejectedFile("too_many_pixels")
        sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG can be decoded smaller, in less memory
        sent.load()
        turn = _orientation(sent)  # only now: reading a PNG's EXIF decodes it, and would swallow its damage
        picture = _on_white(sent)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = picture if turn is None else picture.transpose(turn)
    return _copied(upright, kind, side)


def _register_heif() -> None:
    """Register the decoder of HEIC and HEIF with Pillow."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


def _check_sums(data: bytes) -> None:
    """Raise when a chunk's checksum is wrong or the end is missing: decoding alone would show
    black.
    """
    with Image.open(BytesIO(data), formats=("PNG",)) as sent:
        sent.verify()


def _copied(picture: Image.Image, kind: str, side: int) -> SafeFile:
    picture.info = {}  # or its comment and colour profile would be written again
    made = COPIES.get(kind, "JPEG")
    out = BytesIO()
    picture.save(out, made, quality=90)  # PNG ignores the quality
    return SafeFile(
        f"image/{made.lower()}",
        out.getvalue(),
        f"image/{kind}",
        (page_picture(picture, side),),
        thumbnail_of(picture),
    )


def _orientation(picture: Image.Image) -> Image.Transpose | None:
    """Return how to turn the picture so that it is upright without its EXIF; damaged EXIF is
    ignored.
    """
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        return turns.get(picture.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001 - whatever its EXIF does
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a grey or RGB copy: transparent becomes white, 16-bit grey becomes 8-bit."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "L") and "transparency" not in picture.info:
        return picture.convert("L")
    if picture.has_transparency_data:
        return _paste_on_white(picture.convert("RGBA"))
    return picture.convert("RGB")


def _paste_on_white(picture: Image.Image) -> Image.Image:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
