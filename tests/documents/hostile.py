"""Files that must be refused, made in code: a name, the bytes, and the code of the refusal."""

import struct
import zlib
from collections.abc import Callable, Iterator

import pikepdf

from tests.documents import good

Maker = Callable[[], bytes]
CAP = 25 * 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"\x00" * 64


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    check = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def png(*chunks: bytes) -> bytes:
    return PNG + b"".join(chunks) + chunk(b"IEND", b"")


def frame(width: int, height: int) -> bytes:
    """A JPEG's start of frame that promises so many pixels, and nothing after it."""
    return (
        b"\xff\xc0\x00\x11\x08"
        + struct.pack(">HH", height, width)
        + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    )


def broken_pdf(*objects: bytes, trailer: bytes = b"<</Root 1 0 R>>") -> bytes:
    """A PDF written by hand: the given objects unchanged, and correct cross references."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer\n%s\nstartxref\n%d\n%%%%EOF" % (trailer, start))


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), entries, body)


def bomb(levels: int, megabytes: int) -> bytes:
    """`megabytes` of blanks deflated `levels` times."""
    packer = zlib.compressobj(9)
    start = packer.compress(b" " * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = start + block * (megabytes - 1) + packer.flush()
    for _ in range(levels - 1):
        packed = zlib.compress(packed, 9)
    return packed


def shared_by_all_pages(megabytes: int) -> bytes:
    """A small PDF whose fifty pages draw one stream of so many megabytes of blanks, each for itself."""
    pages = range(10, 60)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R>>"
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    return broken_pdf(
        CATALOG,
        b"<</Type/Pages/Kids[%s]/Count 50>>" % kids,
        stream(bomb(1, megabytes), b"/Filter/FlateDecode"),
        *[b"null"] * 6,
        *[page for _ in pages],
    )


def dynamic_form(made: pikepdf.Pdf) -> None:
    made.Root.NeedsRendering = True
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def folder_of_files(made: pikepdf.Pdf) -> None:
    made.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)


def locked(**encryption: object) -> bytes:
    return good.pdf(encryption=pikepdf.Encryption(**encryption))


def first_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def turned_bit(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def large(content: bytes) -> bytes:
    return content + b"\x00" * (CAP + 1 - len(content))


OTHER_KINDS: dict[str, tuple[str, Maker]] = {
    "a web page called certificate.pdf": ("type", lambda: HTML),
    "a drawing with a script": (
        "type",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    ),
    "a Windows program": ("type", lambda: b"MZ\x90\x00" + b"\x00" * 200),
    "a Linux program": ("type", lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 200),
    "a Java class": ("type", lambda: b"\xca\xfe\xba\xbe\x00\x00\x00\x34"),
    "a shell script": ("type", lambda: b"#!/bin/sh\nrm -rf ~\n"),
    "a PHP page": ("type", lambda: b"<?php system($_GET['c']); ?>"),
    "a zip archive": ("type", lambda: ZIP),
    "a Word document": ("type", lambda: ZIP + b"word/document.xml"),
    "an old Word document": ("type", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100),
    "a gzip bomb": ("type", lambda: b"\x1f\x8b\x08\x00" + zlib.compress(b"\x00" * 1_000_000)),
    "a GIF": ("type", lambda: b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    "a GIF that is a script too": ("type", lambda: b"GIF89a/*\x00\x00*/=1;alert(1)"),
    "a sound": ("type", lambda: b"RIFF\x24\x00\x00\x00WAVEfmt "),
    "a TIFF": ("type", lambda: good.encoded(good.picture(), "TIFF")),
    "a BMP": ("type", lambda: good.encoded(good.picture(), "BMP")),
    "a JPEG 2000": ("type", lambda: b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    "an AVIF": ("type", lambda: b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00"),
    "a film": ("type", lambda: b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00"),
    "PostScript": ("type", lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file"),
    "rich text": ("type", lambda: b"{\\rtf1\\ansi certificate}"),
    "plain text": ("type", lambda: b"I passed, I promise."),
    "one byte": ("type", lambda: b"%"),
    "blanks": ("type", lambda: b" " * 5000),
    "zeros": ("type", lambda: b"\x00" * 5000),
    "a PDF behind more than a thousand bytes": ("type", lambda: b" " * 1024 + good.pdf()),
    "a PDF in UTF-16": ("type", lambda: good.pdf().decode("latin-1").encode("utf-16")),
    "nothing": ("empty", lambda: b""),
}
PICTURES: dict[str, tuple[str, Maker]] = {
    "the first bytes of a WebP": ("damaged", lambda: b"RIFF\x24\x00\x00\x00WEBPVP8 "),
    "half a WebP": ("damaged", lambda: first_half(good.encoded(good.picture(), "WEBP"))),
    "the first bytes of an HEIC photo": (
        "damaged",
        lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    ),
    "half an HEIC photo": ("damaged", lambda: first_half(good.file("iphone.heic"))),
    "the magic of a PNG alone": ("damaged", lambda: PNG),
    "the magic of a PNG before a web page": ("damaged", lambda: PNG + HTML),
    "the magic of a PNG before a PDF": ("damaged", lambda: PNG + good.pdf()),
    "half a PNG": ("damaged", lambda: first_half(good.png())),
    "a PNG without picture data": ("damaged", lambda: png(header(9, 9))),
    "a PNG whose checksum is wrong": ("damaged", lambda: PNG + header(9, 9) + chunk(b"IDAT", b"x", crc=1)),
    "a PNG whose data is noise": ("damaged", lambda: png(header(9, 9), chunk(b"IDAT", b"\x55" * 300))),
    "a PNG with one bit turned": ("damaged", lambda: turned_bit(good.png())),
    "a PNG without its end": ("damaged", lambda: good.png()[:-12]),
    "a PNG with too little data": (
        "damaged",
        lambda: png(header(900, 900), chunk(b"IDAT", zlib.compress(b"\x00" * 90))),
    ),
    "a PNG without width": ("damaged", lambda: png(header(0, 9), chunk(b"IDAT", zlib.compress(b"")))),
    "a PNG of an unknown colour type": ("damaged", lambda: png(header(9, 9, colour=5))),
    "a PNG with a chunk of 2 GB": ("damaged", lambda: PNG + header(9, 9) + b"\x7f\xff\xff\xffIDATx"),
    "a PNG with a text bomb": (
        "damaged",
        lambda: png(header(9, 9), chunk(b"zTXt", b"k\x00\x00" + bomb(1, 200))),
    ),
    "a PNG of 3.6 billion pixels": (
        "too_many_pixels",
        lambda: png(header(60_000, 60_000, depth=1, colour=0), chunk(b"IDAT", zlib.compress(b"\x00" * 9))),
    ),
    "a PNG of one pixel row too many": (
        "too_many_pixels",
        lambda: png(header(8_000, 8_001), chunk(b"IDAT", zlib.compress(b"\x00" * 9))),
    ),
    "the magic of a JPEG alone": ("damaged", lambda: b"\xff\xd8\xff"),
    "the magic of a JPEG before a program": ("damaged", lambda: b"\xff\xd8\xff\xe0" + b"MZ" * 100),
    "the magic of a JPEG before a web page": ("damaged", lambda: JPEG + HTML),
    "a JPEG without a picture": ("damaged", lambda: JPEG + b"\xff\xd9"),
    "half a JPEG": ("damaged", lambda: first_half(good.jpeg())),
    "a JPEG that ends before its picture": ("damaged", lambda: JPEG + frame(9, 9)),
    "a JPEG without height": ("damaged", lambda: JPEG + frame(9, 0) + b"\xff\xda\x00\x0c\x03\x01\x00"),
    "a JPEG of 4 billion pixels": (
        "too_many_pixels",
        lambda: JPEG + frame(65_500, 65_500) + b"\xff\xda\x00\x02",
    ),
}
PDFS: dict[str, tuple[str, Maker]] = {
    "the magic of a PDF alone": ("damaged", lambda: b"%PDF-"),
    "the magic of a PDF before a zip": ("damaged", lambda: b"%PDF-1.4\n" + ZIP),
    "the magic of a PDF before a web page": ("damaged", lambda: b"%PDF-1.4\n" + HTML),
    "the magic of a PDF before a program": ("damaged", lambda: b"%PDF-1.4\nMZ" + b"\x90" * 500),
    "the magic of a PDF before zeros": ("damaged", lambda: b"%PDF-1.7" + b"\x00" * 9000),
    "a PDF without objects": ("damaged", lambda: b"%PDF-1.7\n%%EOF"),
    "the first lines of a PDF": ("damaged", lambda: good.pdf()[:60]),
    "a PDF without a catalog": (
        "damaged",
        lambda: broken_pdf(b"<</Type/Pages/Kids[]/Count 0>>", trailer=b"<<>>"),
    ),
    "a PDF whose catalog is a number": ("damaged", lambda: broken_pdf(b"42")),
    "a PDF without pages": ("damaged", lambda: broken_pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>")),
    "a PDF whose page tree is a loop": (
        "damaged",
        lambda: broken_pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    ),
    "a PDF whose page is gone": (
        "damaged",
        lambda: broken_pdf(CATALOG, b"<</Type/Pages/Kids[9 0 R]/Count 1>>"),
    ),
    "a PDF of 51 pages": ("too_many_pages", lambda: good.pdf(pages=51)),
    "a PDF of 50 pages that share 150 MB": ("too_heavy", lambda: shared_by_all_pages(150)),
    "a form that only one program shows": ("one_program", lambda: good.pdf(prepare=dynamic_form)),
    "a folder of files": ("collection", lambda: good.pdf(prepare=folder_of_files)),
    "a PDF with a user password": ("encrypted", lambda: locked(user="secret", owner="owner")),
    "a PDF with an old password": (
        "encrypted",
        lambda: locked(user="secret", owner="o", R=3, aes=False, metadata=False),
    ),
    "a PDF with a password of another age": ("encrypted", lambda: locked(user="s", owner="o", R=4, aes=True)),
    "a PDF locked in a way of its own": (
        "damaged",
        lambda: broken_pdf(CATALOG, ONE_PAGE, PAGE, trailer=b"<</Root 1 0 R/Encrypt<</Filter/Mine/V 9>>>>"),
    ),
    "a PDF whose text is noise": (
        "damaged",
        lambda: broken_pdf(CATALOG, ONE_PAGE, PAGE, stream(b"\x55" * 300, b"/Filter/FlateDecode")),
    ),
    "a PDF whose text swells to 3 GB": (
        "damaged",
        lambda: broken_pdf(
            CATALOG, ONE_PAGE, PAGE, stream(bomb(2, 3000), b"/Filter[/FlateDecode/FlateDecode]")
        ),
    ),
    "a PDF whose objects swell to 3 GB": (
        "damaged",
        lambda: broken_pdf(
            stream(bomb(1, 3000), b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode"),
            stream(b"\x02\x00\x01\x00" * 3, b"/Type/XRef/Size 9/W[1 2 1]/Root 5 0 R"),
        ),
    ),
    "a PDF of a hundred thousand brackets": (
        "damaged",
        lambda: broken_pdf(b"<</Type/Catalog/Pages " + b"[" * 100_000),
    ),
    "a PDF of a hundred thousand dictionaries": ("damaged", lambda: broken_pdf(b"<</A" * 100_000)),
}
LARGE: dict[str, tuple[str, Maker]] = {
    "a PDF of one byte too many": ("too_big", lambda: large(good.pdf())),
    "a JPEG of one byte too many": ("too_big", lambda: large(good.jpeg())),
    "a PNG of one byte too many": ("too_big", lambda: large(good.png())),
    "zeros of one byte too many": ("too_big", lambda: large(b"")),
}
HOSTILE = OTHER_KINDS | PICTURES | PDFS | LARGE


def every() -> Iterator[tuple[str, str, bytes]]:
    for name, (code, make) in HOSTILE.items():
        yield name, code, make()
