"""What the parser returns for a file that is safe, and what it raises for one that is rejected."""

from dataclasses import dataclass


class RejectedFile(Exception):
    """Bytes that cannot be stored; `code` is a key of documents.errors.SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SafeFile:
    """Bytes that we wrote ourselves: a copy to download, and a picture of each page (Q30).

    `sent_type` is the media type of what was sent. Pictures and thumbnail are WebP.
    """

    media_type: str
    content: bytes
    sent_type: str = ""
    pages: tuple[bytes, ...] = ()
    thumbnail: bytes = b""
