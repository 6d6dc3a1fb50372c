"""File names for downloads: the sender's name, made safe for every system."""

import re
import unicodedata

EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
LONGEST = 100
_KNOWN_ENDING = re.compile(r"\.(pdf|jpe?g|jfif|png)$", re.IGNORECASE)
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(sent: str | None, media_type: str) -> str:
    """Return a name of at most 120 characters without path, hidden or control characters, with the
    ending of its kind.
    """
    last = re.split(r"[\\/]", sent or "")[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem = re.sub(r'[<>:"|?*]', "-", _KNOWN_ENDING.sub("", " ".join(shown.split())))
    stem = stem[:LONGEST].strip(" .") or "document"
    if _RESERVED.match(stem):
        stem = f"file-{stem}"
    return stem + EXTENSIONS[media_type]
