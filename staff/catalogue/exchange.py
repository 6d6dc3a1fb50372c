"""Rows of the catalogue as a file: written for a spreadsheet, read back, compared with what is
stored, and then made ready to be saved.

A row that would affect records that were logged is never applied from a file: it is changed on its
own page, which names the people (Q32). `staff/catalogue/sheets.py` says what the file of each kind
of row contains.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from ceus.models import Course, Provider
from ceus.services.filing import NEWER, FiledRow
from ceus.touched import touched_records
from core.errors import Refusal
from core.spreadsheet import text_cell
from staff.catalogue.forms import ApprovalForm, catalogue_today
from staff.catalogue.touched import TouchedTrainers, touched_by
from staff.history import history_of
from trainers.models import Trainer

MOST_ROWS, MOST_BYTES = 500, 400_000
NEW, CHANGED, SAME, TOUCHES, WRONG = "new", "changed", "same", "touches records", "wrong"
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """The format of a file of one kind of row (courses or providers).

    `read` turns the cells of a row into values for its form, with a sentence for each problem.
    """

    model: type[Course | Provider]
    form: type[ApprovalForm]
    columns: tuple[str, ...]
    named: str  # the column with its name
    cells_of: Callable[[Any], list[str]]
    rows: Callable[[], "QuerySet[Course] | QuerySet[Provider]"]
    read: Callable[[Cells], tuple[dict[str, object], list[str]]]
    unique: bool = False  # whether names are unique

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def url_name(self) -> str:
        return f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}"


@dataclass(frozen=True)
class PlannedRow:
    """What one row of the file would do. `changes` are (what, value before, value after).
    `problems` are the reasons why the row cannot be applied. `touched` names the affected trainers
    of a row that must be changed on its own page.
    """

    line: int
    title: str
    kind: str
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[str, ...] = ()
    url: str = ""
    form: ApprovalForm | None = None
    touched: TouchedTrainers | None = None

    @property
    def applies(self) -> bool:
        return self.kind in (NEW, CHANGED)


def rows_of_sheet(sheet: Sheet) -> Iterator[list[str]]:
    """Yield the header and every row, in safe cells."""
    yield list(sheet.columns)
    for row in sheet.rows().order_by("slug"):
        yield [text_cell(cell) for cell in sheet.cells_of(row)]


def read_file(data: bytes, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a file, by column. Raises Refusal for a file that cannot be read with certainty."""
    if len(data) > MOST_BYTES:
        raise Refusal("Choose a smaller file, or split it.", code="too_big", field="file")
    try:
        text = data.decode("utf-8-sig")
        lines = list(csv.reader(StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise Refusal(
            "This is no CSV file in UTF-8. Save it again as one.", code="unreadable", field="file"
        ) from None
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if missing := [name for name in columns if name not in header]:
        raise Refusal(f"The first line lacks: {', '.join(missing)}.", code="columns", field="file")
    rows = [cells for cells in lines[1:] if any(cell.strip() for cell in cells)]
    if len(rows) > MOST_ROWS:
        raise Refusal(f"Send at most {MOST_ROWS} rows at once.", code="too_many", field="file")
    return [{name: _unescaped(cell) for name, cell in zip(header, cells, strict=False)} for cells in rows]


def plan_import(sheet: Sheet, rows: list[dict[str, str]], *, by: Trainer) -> list[PlannedRow]:
    """Return what each row of a file would change; nothing is saved."""
    stored = {one.slug: one for one in sheet.rows()}
    slugs: set[str] = set()
    names: set[str] = set()
    planned = []
    for line, row in enumerate(rows, start=2):
        slug, name = row.get("slug", "").strip(), row.get(sheet.named, "").strip().casefold()
        problem = ""
        if slug and (slug in slugs or slug not in stored):
            problem = (
                "This slug stands in the file twice." if slug in slugs else f"No {sheet.noun} has this slug."
            )
        elif sheet.unique and name in names:
            problem = "This name stands in the file twice."
        if problem:
            planned.append(PlannedRow(line, row.get(sheet.named, ""), WRONG, problems=(problem,)))
        else:
            planned.append(_plan_row(sheet, line, row, stored.get(slug), by))
        slugs.add(slug)
        names.add(name)
    return planned


def mark_of_plan(planned: list[PlannedRow]) -> str:
    """Return a hash of a plan, which changes when anything in the plan changes."""
    said = repr([(row.line, row.kind, row.changes, row.problems) for row in planned])
    return sha256(said.encode()).hexdigest()


def filed_rows(sheet: Sheet, rows: list[dict[str, str]], *, mark: str, by: Trainer) -> list[FiledRow]:
    """Return every row that may be applied, to be saved. Raises Refusal when the rows would now do
    something else than the page showed.
    """
    planned = plan_import(sheet, rows, by=by)
    if mark_of_plan(planned) != mark:
        raise Refusal(NEWER, code="newer")
    return [_filed(sheet, row.form) for row in planned if row.applies and row.form]


def _plan_row(
    sheet: Sheet, line: int, row: Cells, stored: Course | Provider | None, by: Trainer
) -> PlannedRow:
    data, problems = sheet.read(row)
    newest = history_of(stored).values_list("pk", flat=True).first() if stored else 0
    fresh = sheet.rows().get(pk=stored.pk) if stored else None
    form: Any = type("RowForm", (sheet.form,), {"by": by})(_posted(data, newest or 0), instance=fresh)
    if not form.is_valid():
        problems += [f"{name}: {one}" for name, errors in form.errors.items() for one in errors]
    title = row.get(sheet.named, "")
    if problems:
        return PlannedRow(line, title, WRONG, problems=tuple(problems))
    changes = tuple((str(form.fields[n].label or n), was, now) for n, (was, now) in form.changes().items())
    if stored is None:
        return PlannedRow(line, title, NEW, changes, form=form)
    if not changes:
        return PlannedRow(line, str(stored), SAME)
    change, today = form.change_of(stored), catalogue_today()
    if change.is_real and (touched_records(change).exists() or change.reaches_back(today)):
        url = reverse(f"{sheet.url_name}_change", args=[stored.pk])
        touched = touched_by(change, today=today)
        return PlannedRow(line, str(stored), TOUCHES, changes, url=url, touched=touched)
    return PlannedRow(line, str(stored), CHANGED, changes, form=form)


def _filed(sheet: Sheet, form: ApprovalForm) -> FiledRow:
    stored = form.instance.pk and sheet.rows().get(pk=form.instance.pk)
    return FiledRow(
        row=form.instance,
        change=form.change_of(stored) if stored else None,
        topics=form.cleaned_data.get("topics", ()),
        differences=form.changes(),
    )


def _posted(data: Mapping[str, Any], seen: int) -> QueryDict:
    posted = QueryDict(mutable=True)
    posted["seen"] = str(seen)
    for name, value in data.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return posted


def _unescaped(cell: str) -> str:
    """Return a cell without the apostrophe that `text_cell` put before a formula."""
    return cell[1:] if cell.startswith("'") and text_cell(cell[1:]) == cell else cell
