"""Read a file of attendance, CSV or XLSX, as rows; refuse what cannot be read with certainty."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.errors import Refusal
from providers.models.batch import MOST_ROWS
from providers.rows import ReadRow, flawed_row, read_row
from rules.units import Unit
from trainers.roster.reading import DELIMITERS, UTF16_MARKS, printable_text

COLUMNS = ("number", "name", "course", "completed_on", "ceus")
OPTIONAL = ("ceus",)
MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000
MOST_PARTS = 500  # files inside an XLSX
MOST_COLUMNS = 50
LONGEST_HEAD = 100_000  # characters, among which the first line with something in it begins
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NO_FILE = "The file is empty."
TOO_LARGE = "The file is larger than 2 MB. Divide it."
TOO_MANY = f"The file has more than {MOST_ROWS:,} rows. Divide it."
NOT_A_TABLE = (
    "This is no CSV or XLSX file. In the spreadsheet choose Save as, and there CSV in UTF-8 or XLSX."
)
ONLY_CSV = "A file of this length must be CSV. In the spreadsheet choose Save as, and there CSV in UTF-8."
Cells = list[str]


def read_report(content: bytes, unit: Unit) -> list[ReadRow]:
    """Return the rows of a file, each read or with its flaw. Raises Refusal (field "file") for a file
    that is no table with our columns.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(TOO_LARGE, code="too_large", field="file")
    rows: list[ReadRow] = []
    for row in _read_rows(content, unit):
        if len(rows) == MOST_ROWS:
            raise Refusal(TOO_MANY, code="too_many", field="file")
        rows.append(row)
    if not rows:
        raise Refusal("The file has no rows below its first line.", code="no_rows", field="file")
    return rows


def read_long_report(content: bytes, unit: Unit) -> Iterator[ReadRow]:
    """Yield the rows of a CSV file of any length, each read when it is asked for. Raises Refusal at once
    for a file that is no table with our columns.
    """
    if content.startswith(ZIP):
        raise Refusal(ONLY_CSV, code="not_a_table", field="file")
    return _read_rows(content, unit)


def _read_rows(content: bytes, unit: Unit) -> Iterator[ReadRow]:
    """Return the rows below the first line, which is read at once."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Refusal(NO_FILE, code="empty", field="file")
    lines = _read_workbook(content) if content.startswith(ZIP) else _read_csv(content)
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    first = next(filled, None)
    if first is None:
        raise Refusal(NO_FILE, code="empty", field="file")
    header = _header(first[1])
    return (_row(line, cells, header, unit) for line, cells in filled)


def _row(line: int, cells: Cells, header: Cells, unit: Unit) -> ReadRow:
    while len(cells) > len(header) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > len(header):
        sentence = f"This row has {len(cells)} columns where the first line has {len(header)}."
        return flawed_row(line, sentence, shown=",".join(cells))
    named = dict(zip(header, cells, strict=False))
    return read_row(line, **{name: named.get(name, "") for name in COLUMNS}, unit=unit)


def _header(cells: Cells) -> Cells:
    """Return the names of the columns. Raises Refusal unless ours are there, each once."""
    names = [cell.strip().lower().replace(" ", "_") for cell in cells]
    while names and not names[-1]:
        names.pop()
    counts = Counter(names)
    missing = [name for name in COLUMNS if name not in counts and name not in OPTIONAL]
    problems = [f"the column {name} is missing" for name in missing]
    problems += [
        f"the column {printable_text(name)} stands there twice" for name, n in counts.items() if n > 1
    ]
    strange = [name for name in counts if name not in COLUMNS]
    problems += [f"the column {printable_text(name) or 'without a name'} is not known" for name in strange]
    if problems or len(names) > MOST_COLUMNS:
        listed = "; ".join(problems[:5])
        sentence = f"The first line must name the columns {', '.join(COLUMNS)}: {listed}."
        raise Refusal(sentence, code="columns", field="file")
    return names


def _read_csv(content: bytes) -> Iterator[tuple[int, Cells]]:
    if content.startswith(OLD_EXCEL) or (b"\x00" in content[:4096] and content[:2] not in UTF16_MARKS):
        raise Refusal(NOT_A_TABLE, code="not_a_table", field="file")
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = content.decode("utf-16", "replace")
    else:
        text = content.decode("utf-8-sig", "surrogateescape")
    first = next((line for line in text[:LONGEST_HEAD].splitlines() if line.strip()), "")
    mark = max(DELIMITERS, key=first.count)
    lines = csv.reader(StringIO(text, newline=""), strict=True, delimiter=mark)
    while True:
        line = lines.line_num + 1
        try:
            cells = next(lines, None)
        except csv.Error as error:
            sentence = f"Line {line} cannot be read: {error}."
            raise Refusal(sentence, code="unreadable", field="file") from None
        if cells is None:
            return
        yield line, cells


def _read_workbook(content: bytes) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of the first sheet. What unpacks to too much is refused before it is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refusal(TOO_LARGE, code="too_large", field="file")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        found = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        rows = [[_cell(value) for value in cells] for cells in found]
    except Refusal:
        raise
    except (BadZipFile, InvalidFileException, Exception):  # noqa: BLE001 - whatever a hostile workbook raises
        raise Refusal(NOT_A_TABLE, code="not_a_table", field="file") from None
    yield from enumerate(rows, 1)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def typed_rows(text: str, *, course: str, completed_on: date, ceus: str, unit: Unit) -> list[ReadRow]:
    """Return a row for each typed number, one number in each line; the names come from our records."""
    told = {"course": course, "completed_on": completed_on.isoformat(), "ceus": ceus, "unit": unit}
    lines: Iterable[str] = filter(None, (line.strip() for line in text.replace(",", "\n").splitlines()))
    return [read_row(place, number=line, name=None, **told) for place, line in enumerate(lines, 1)]  # type: ignore[arg-type]  # named as the function names them
