"""Read a list of people from a CSV file; refuse what cannot be read with certainty."""

import codecs
import csv
from io import StringIO

from django.core.exceptions import ValidationError

from core.pasted import cannot_be_stored
from trainers.roster.reading import DELIMITERS

MOST_BYTES = 500_000
TOO_LARGE = "The file is larger than 500 KB. Divide it."
NOT_A_LIST = "This is no list in CSV. In the spreadsheet choose Save as, and there CSV in UTF-8."
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_list(content: bytes) -> str:
    """Return the lines of a file as they would be pasted from a spreadsheet, without a first line of
    names of columns. Raises ValidationError for a file that is no text, and for one whose lines
    cannot be told apart.
    """
    text = _decode(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), strict=True, delimiter=mark))
    except csv.Error:
        raise ValidationError(NOT_A_LIST, code="not_a_list") from None
    if rows and not any(letter.isdigit() for cell in rows[0] for letter in cell):
        rows[0] = []
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-16" if content[:2] in UTF16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(NOT_A_LIST, code="not_a_list") from None
    if any(map(cannot_be_stored, text)):
        raise ValidationError(NOT_A_LIST, code="not_a_list")
    return text
