"""The size of a picture that we rendered, read from the first bytes of its WebP file without decoding
it.
"""

KINDS = {b"VP8 ": "lossy", b"VP8L": "lossless", b"VP8X": "extended"}


def picture_size(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels. Raises ValueError when `content` is not a WebP file."""
    kind = KINDS.get(content[12:16], "") if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""
    if not kind or len(content) < 30:
        raise ValueError("this is not a WebP picture")
    if kind == "lossy":
        return _number(content[26:28]) & 0x3FFF, _number(content[28:30]) & 0x3FFF
    if kind == "lossless":
        bits = _number(content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _number(content[24:27]) + 1, _number(content[27:30]) + 1


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")
