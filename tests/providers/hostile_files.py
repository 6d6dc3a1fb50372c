"""Files of attendance as a broken or hostile program might send them: those that are refused as a whole,
with a part of the sentence, and those whose rows are answered one by one, with their outcomes.
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEAD = "number,name,course,completed_on,ceus\n"
GOOD = "1193 4482,Jordan Rivera,balance,2026-05-03,\n"
TABLE, COLUMNS = "This is no CSV or XLSX file", "The first line must name the columns"
TAKEN, INVALID, UNKNOWN = "taken", "invalid", "unknown_number"


def book(*rows: tuple[object, ...]) -> bytes:
    """Return an XLSX file with these rows in its first sheet."""
    made, out = Workbook(), BytesIO()
    for cells in rows:
        made.active.append(cells)
    made.save(out)
    return out.getvalue()


def bomb(size: int) -> bytes:
    """Return an XLSX file whose sheet unpacks to `size` bytes of spaces."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return out.getvalue()


def many_parts() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for number in range(501):
            packed.writestr(f"{number}", b"")
    return out.getvalue()


_COLUMNS = ("number", "name", "course", "completed_on", "ceus")
_ROW = ("11934482", "Jordan Rivera", "balance", "2026-05-03", None)
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blank": (b" \r\n\t\n", "The file is empty."),
    "only NULs": (b"\x00" * 500, "The file is empty."),
    "a mark and nothing": (b"\xef\xbb\xbf\n", "The file is empty."),
    "a head alone": (HEAD.encode(), "no rows below its first line"),
    "rows without a head": (GOOD.encode() * 2, COLUMNS),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, TABLE),
    "a PDF": (b"%PDF-1.7\nnothing", COLUMNS),
    "a page": (b"<html><script>alert(1)</script></html>", COLUMNS),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"x" * 600, TABLE),
    "a broken archive": (b"PK\x03\x04" + b"x" * 600, TABLE),
    "an archive that is no workbook": (bomb(10), TABLE),
    "a bomb": (bomb(41_000_000), "larger than 2 MB"),
    "an archive of 501 parts": (many_parts(), "larger than 2 MB"),
    "2 MB and a byte": (b"x" * 2_000_001, "larger than 2 MB"),
    "a column twice": (("number," + HEAD + "1," + GOOD).encode(), "number stands there twice"),
    "a strange column": (("email," + HEAD + "1," + GOOD).encode(), "email is not known"),
    "a missing column": (b"number,name,course\n1,2,3\n", "completed_on is missing"),
    "10,000 columns": (HEAD.strip().encode() + b",x" * 10_000 + b"\n" + GOOD.encode(), COLUMNS),
    "a quote that never ends": ((HEAD + '"' + GOOD).encode(), "cannot be read"),
    "a cell of 200,000 letters": ((HEAD + "x" * 200_000 + ",a,b,c,d\n").encode(), "cannot be read"),
    "1,001 rows": ((HEAD + GOOD * 1001).encode(), "more than 1,000 rows"),
    "an empty workbook": (book(), "The file is empty."),
    "a workbook with a strange head": (book(("a", "b"), (1, 2)), COLUMNS),
    "a workbook of 1,001 rows": (book(_COLUMNS, *[_ROW] * 1001), "more than 1,000 rows"),
    "half a character of UTF-16": (b"\xff\xfen\x00u", COLUMNS),
    "NULs in the head": (b"num\x00ber,name\n1,2\n", TABLE),
}
ANSWERED: dict[str, tuple[bytes, list[str]]] = {
    "plain": ((HEAD + GOOD).encode(), [TAKEN]),
    "a byte order mark": ((HEAD + GOOD).encode("utf-8-sig"), [TAKEN]),
    "UTF-16": ((HEAD + GOOD).encode("utf-16"), [TAKEN]),
    "lines of Windows": ((HEAD + GOOD).replace("\n", "\r\n").encode(), [TAKEN]),
    "semicolons": ((HEAD + GOOD).replace(",", ";").encode(), [TAKEN]),
    "tabs": ((HEAD + GOOD).replace(",", "\t").encode(), [TAKEN]),
    "a head in capitals": ((HEAD.upper() + GOOD).encode(), [TAKEN]),
    "no column for the amount": (
        b"number,name,course,completed_on\n1193 4482,Jordan Rivera,balance,2026-05-03\n",
        [TAKEN],
    ),
    "blank lines between": ((HEAD + "\n\n" + GOOD + ",,,,\n" + GOOD).encode(), [TAKEN, "duplicate"]),
    "Latin letters of another encoding": (
        HEAD.encode() + b"1193 4482,J\xf8rdan,balance,2026-05-03,\n" + GOOD.encode(),
        [INVALID, TAKEN],
    ),
    "NULs late in the file": (
        (HEAD + GOOD * 100).encode() + b"1\x00" * 50,
        [TAKEN, *["duplicate"] * 99, INVALID],
    ),
    "a row too long": ((HEAD + GOOD.strip() + "a,b,c\n" + GOOD).encode(), [INVALID, TAKEN]),
    "a row too short": ((HEAD + "1193 4482\n" + GOOD).encode(), [INVALID, TAKEN]),
    "a formula": ((HEAD + "=1+1,Jordan Rivera,balance,2026-05-03,\n").encode(), [INVALID]),
    "a link as a formula": ((HEAD + '11934482,"=HYPERLINK(1)",balance,2026-05-03,\n').encode(), [INVALID]),
    "unknown numbers": ((HEAD + GOOD.replace("1193", "9999") * 3).encode(), [UNKNOWN] * 3),
    "another person's name": ((HEAD + GOOD.replace("Jordan", "Sam")).encode(), ["name_differs"]),
    "an unknown course": ((HEAD + GOOD.replace("balance", "juggling")).encode(), ["not_approved"]),
    "a day of tomorrow": ((HEAD + GOOD.replace("2026-05-03", "2026-06-02")).encode(), [INVALID]),
    "too much": ((HEAD + GOOD.strip() + "40\n").encode(), [INVALID]),
    "a workbook": (book(_COLUMNS, _ROW), [TAKEN]),
    "a workbook with a number of digits": (book(_COLUMNS, (11934482, *_ROW[1:])), [TAKEN]),
    "a workbook with a formula": (book(_COLUMNS, ("=1+1", *_ROW[1:]), _ROW), [INVALID, TAKEN]),
    "a workbook of other kinds": (book(_COLUMNS, (True, 1.5, 2, False, 1e300), _ROW), [INVALID, TAKEN]),
}
DAYS = {
    **dict.fromkeys(("2026-05-03", "2026-5-3", "5/3/2026", "05/03/2026"), TAKEN),
    **dict.fromkeys(("3.5.2026", "May 3, 2026", "2026/05/03", "20260503", "46145", "2026-02-30"), INVALID),
}
ANSWERED |= {f"the day {day}": ((HEAD + f'11934482,Jordan Rivera,balance,"{day}",\n').encode(), [outcome]) for day, outcome in DAYS.items()}  # fmt: skip
assert len(REFUSED) + len(ANSWERED) >= 60
