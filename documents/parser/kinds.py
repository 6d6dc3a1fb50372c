"""Which of the three kinds a file is, by its first bytes and never by its name."""

from documents.parser.safe import Rejected

MAGICS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
_PHOTO_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind_of(data: bytes) -> str:
    """Return "pdf", "jpeg" or "png". Raises Rejected for everything else."""
    if not data:
        raise Rejected("empty")
    for magic, kind in MAGICS.items():
        if data.startswith(magic):
            return kind
    raise Rejected("heic" if data[4:8] == b"ftyp" and data[8:12] in _PHOTO_BRANDS else "type")
