"""Tables for spreadsheets: CSV in which no cell runs as a formula."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def text_cell(text: str) -> str:
    """Return text for a cell, with an apostrophe before anything that a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_A_FORMULA) else text


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Return the table as a download, in UTF-8 with the mark that spreadsheets expect. `rows` are
    safe cells.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows(rows)
    return response
