"""Why a file is refused, in a sentence for its sender."""

from typing import Any

from core.errors import Refusal

SENTENCES = {
    "missing": "Choose a PDF, JPEG or PNG file.",
    "empty": "This file is empty. Choose another file.",
    "too_big": "Choose a file smaller than 10 MB.",
    "type": "Choose a PDF, JPEG or PNG file. This one is something else.",
    "heic": "This is an HEIC photo, which we cannot open. Save it as a JPEG, or send a screenshot of it.",
    "damaged": "This file is damaged, so we cannot open it. Save it again, or take a photo of the paper and send that.",
    "encrypted": "This PDF has a password. Remove the password and send it again.",
    "too_many_pages": "This PDF has more than 50 pages. Send only the pages that prove your course.",
    "too_many_pixels": "This picture is too large to open. Make it smaller, or take a new photo and send that.",
    "too_heavy": "This file takes too long to open. Save it as a new PDF, JPEG or PNG and send that.",
    "kept_gone": "We no longer have the file you sent before. Choose it again.",
    "unavailable": "We cannot take files right now. Try again in a few minutes.",
}


class BadFile(Refusal):
    """A file that is refused; `code` is a key of SENTENCES."""

    def __init__(self, code: str, **options: Any) -> None:
        super().__init__(SENTENCES[code], code=code, **options)


class FileGone(Exception):
    """The bytes of a document are missing from storage, or are not the bytes that were stored."""
