"""Names of a document's files in storage, and the sender's file name made safe for downloads on
every system.
"""

import re
import unicodedata

EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
LONGEST = 100
_KNOWN_ENDING = re.compile(r"\.(pdf|jpe?g|jfif|png|heic|heif|webp)$", re.IGNORECASE)
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_file_name(sent: str | None, media_type: str) -> str:
    """Return a file name of at most 120 characters, without path, hidden or control characters,
    with the ending of its media type.
    """
    last = re.split(r"[\\/]", sent or "")[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem = re.sub(r'[<>:"|?*]', "-", _KNOWN_ENDING.sub("", " ".join(shown.split())))
    stem = stem[:LONGEST].strip(" .") or "document"
    if _RESERVED.match(stem):
        stem = f"file-{stem}"
    return stem + EXTENSIONS[media_type]


def sent_name(stored_as: str) -> str:
    """Return the storage name of the bytes as they were sent; they lie beside the copy at
    `stored_as`.
    """
    return f"{claim_of(stored_as)}.sent"


def page_name(stored_as: str, number: int) -> str:
    """Return the storage name of the picture of page `number`, from 1."""
    return f"{claim_of(stored_as)}.{number}.webp"


def thumbnail_name(stored_as: str) -> str:
    """Return the storage name of the thumbnail."""
    return f"{claim_of(stored_as)}.small.webp"


def claim_of(name: str) -> str:
    """Return the beginning of `name` that all files of one document share. A row with one of these
    names keeps all the files.
    """
    folder, slash, file = name.rpartition("/")
    return f"{folder}{slash}{file.partition('.')[0]}"
