"""The kind of a file, judged by its first bytes and never by its name."""

from documents.parser.safe import RejectedFile

MAGICS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
_PHOTO_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_PDF_WITHIN = 1024  # bytes before %PDF that every viewer skips, such as a byte-order mark or a mail header


def media_kind_of(data: bytes) -> str:
    """Return "pdf", "jpeg", "png", "webp" or "heic". Raises Rejected for everything else."""
    if not data:
        raise RejectedFile("empty")
    for magic, kind in MAGICS.items():
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _PHOTO_BRANDS:
        return "heic"
    if b"%PDF-" in data[: _PDF_WITHIN + 4]:
        return "pdf"
    raise RejectedFile("type")
