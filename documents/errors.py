"""The reasons for refusing a file, each with a sentence for its sender."""

from typing import Any

from core.errors import Refusal

SENTENCES = {
    "missing": "Choose a PDF or a photo.",
    "empty": "This file is empty. Choose another file.",
    "too_big": "Choose a file smaller than 25 MB.",
    "type": "Choose a PDF or a photo (JPEG, PNG, HEIC or WebP). This one is something else.",
    "damaged": "This file is damaged, so we cannot open it. Save it again, or take a photo of the paper and send that.",
    "encrypted": "This PDF has a password. Remove the password and send it again.",
    "too_many_pages": "This PDF has more than 50 pages. Send only the pages that prove your course.",
    "too_many_pixels": "This picture is too large to open. Make it smaller, or take a new photo and send that.",
    "too_heavy": "This file takes too long to open. Save it as a new PDF, JPEG or PNG and send that.",
    "cannot_show": "We cannot show every page of this PDF. Print it to a new PDF, or send photos of the pages.",
    "collection": "This PDF is a folder of other files. Send the files themselves.",
    "one_program": "This PDF is a form that only one program can show. Print it to a new PDF and send that.",
    "kept_gone": "We no longer have the file you sent before. Choose it again.",
    "too_often": "You have sent many files in the last hour. Try again in an hour: what you wrote can wait until then.",
    "busy": "Many files are arriving right now. Try again in a minute.",
    "unavailable": "We cannot take files right now. Try again in a few minutes.",
}


class BadFile(Refusal):
    """A file that is refused; `code` is a key of SENTENCES."""

    def __init__(self, code: str, **options: Any) -> None:
        super().__init__(SENTENCES[code], code=code, **options)


class FileGone(Exception):
    """The bytes of a document are missing from storage, or are not the bytes that were stored."""


class StorageAway(OSError):
    """The storage does not work right now: the disk is full, or object storage does not answer."""
