"""Tables for spreadsheets: CSV in which no cell runs as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def text_cell(text: str) -> str:
    """Return text for a cell, with an apostrophe before anything that a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_A_FORMULA) else text


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Return the table as a download, in UTF-8. `rows` are safe cells."""
    return HttpResponse("".join(csv_lines(header, rows)), **_download(name))


def stream_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """Return the table as a download that is sent row by row, for tables of any length. `rows` are
    safe cells.
    """
    return StreamingHttpResponse(csv_lines(header, rows), **_download(name))


def _download(name: str) -> dict[str, object]:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return {"content_type": "text/csv; charset=utf-8", "headers": headers}


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the text of the table, first the byte-order mark that spreadsheets expect. `rows` are safe
    cells.
    """
    written = StringIO()
    writer = csv.writer(written)
    yield "\ufeff"
    for row in chain([header], rows):
        writer.writerow(row)
        yield written.getvalue()
        written.seek(0)
        written.truncate()
