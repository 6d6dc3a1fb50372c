"""Courses as a file: exported for a spreadsheet, read back, compared with what is stored, and then
applied.

A row that affects logged records is never applied from a file: staff change it on the course's own
page, which names the trainers (Q32).
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import StringIO
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from ceus.models import Course, Provider, Topic
from ceus.services.catalogue import index_course
from ceus.services.relisting import change_listing
from ceus.touched import mark_of, touched_records
from core.errors import Refusal
from core.history import record_history
from core.spreadsheet import text_cell
from rules.units import format_hundredths
from staff.catalogue.editing import free_slug
from staff.catalogue.forms import CourseForm, catalogue_today
from staff.history import history_of
from trainers.models import Trainer

COLUMNS = (
    "slug", "title", "provider", "category", "ceus", "format", "approved_from", "approved_through", "topics", "about", "link",
)  # fmt: skip
MOST_ROWS, MOST_BYTES = 500, 400_000
OF_THE_FORM = {"ceus": "hundredths"}
NEW, CHANGED, SAME, TOUCHES, WRONG = "new", "changed", "same", "touches records", "wrong"


@dataclass(frozen=True)
class PlannedRow:
    """What one row of the file would do. `changes` are (what, before, after); `problems` say why it
    cannot be applied.
    """

    line: int
    title: str
    kind: str
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[str, ...] = ()
    url: str = ""
    form: Any = None

    @property
    def applies(self) -> bool:
        return self.kind in (NEW, CHANGED)


def courses_as_rows() -> Iterator[list[str]]:
    """Yield the header and a row for every course, in safe cells."""
    yield list(COLUMNS)
    for course in Course.objects.select_related("provider").prefetch_related("topics").order_by("slug"):
        topics = "; ".join(topic.name for topic in course.topics.all())
        ends = course.approved_through.isoformat() if course.approved_through else ""
        cells = [course.slug, course.title, course.provider.name, course.category]
        cells += [format_hundredths(course.hundredths), course.format, course.approved_from.isoformat()]
        yield [text_cell(cell) for cell in (*cells, ends, topics, course.about, course.link)]


def read_file(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a file, by column. Raises Refusal for one that cannot be read with certainty."""
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
    if missing := [name for name in COLUMNS if name not in header]:
        raise Refusal(f"The first line lacks: {', '.join(missing)}.", code="columns", field="file")
    rows = [cells for cells in lines[1:] if any(cell.strip() for cell in cells)]
    if len(rows) > MOST_ROWS:
        raise Refusal(f"Send at most {MOST_ROWS} rows at once.", code="too_many", field="file")
    return [{name: _unescaped(cell) for name, cell in zip(header, cells, strict=False)} for cells in rows]


def plan_import(rows: list[dict[str, str]], *, by: Trainer) -> list[PlannedRow]:
    """Return what each row would do, without doing it."""
    providers = {one.name: str(one.pk) for one in Provider.objects.all()}
    topics = {one.name: str(one.pk) for one in Topic.objects.all()}
    stored = {one.slug: one for one in Course.objects.select_related("provider")}
    seen: set[str] = set()
    planned = []
    for line, row in enumerate(rows, start=2):
        slug = row.get("slug", "").strip()
        if slug and (slug in seen or slug not in stored):
            sentence = "This slug stands in the file twice." if slug in seen else "No course has this slug."
            planned.append(PlannedRow(line, row.get("title", ""), WRONG, problems=(sentence,)))
        else:
            planned.append(_plan_row(line, row, stored.get(slug), providers, topics, by))
        seen.add(slug)
    return planned


def mark_of_plan(planned: list[PlannedRow]) -> str:
    """Return a hash of the plan, by which a later plan is recognised as different."""
    said = repr([(row.line, row.kind, row.changes, row.problems) for row in planned])
    return sha256(said.encode()).hexdigest()


def apply_import(rows: list[dict[str, str]], *, mark: str, by: Trainer, at: datetime) -> int:
    """Apply every row that may be applied, with history; return how many. All or none.

    Raises Refusal when the rows would do something else than what `mark` stands for.
    """
    with transaction.atomic():
        list(Course.objects.select_for_update().order_by("pk").values_list("pk"))
        planned = plan_import(rows, by=by)
        if mark_of_plan(planned) != mark:
            raise Refusal("The catalogue changed since you looked. Read the list again.", code="newer")
        for row in planned:
            if row.applies:
                _save_row(row.form, by=by, at=at)
    return sum(row.applies for row in planned)


def _plan_row(
    line: int,
    row: Mapping[str, str],
    course: Course | None,
    providers: Mapping[str, str],
    topics: Mapping[str, str],
    by: Trainer,
) -> PlannedRow:
    named = [one.strip() for one in row.get("topics", "").split(";") if one.strip()]
    problems = [f"topic: {name} is not in the catalogue." for name in named if name not in topics]
    data: dict[str, Any] = {
        OF_THE_FORM.get(name, name): row.get(name, "") for name in COLUMNS if name not in ("slug", "topics")
    }
    provider = row.get("provider", "").strip()
    newest = history_of(course).values_list("pk", flat=True).first() if course else 0
    data |= {
        "provider": providers.get(provider, ""),
        "topics": [topics[one] for one in named if one in topics],
    }
    if provider and provider not in providers:
        problems.append(f"provider: {provider} is not in the catalogue.")
    fresh = Course.objects.select_related("provider").get(pk=course.pk) if course else None
    form: Any = type("RowForm", (CourseForm,), {"by": by})(_posted(data, newest or 0), instance=fresh)
    if not form.is_valid():
        problems += [f"{name}: {one}" for name, errors in form.errors.items() for one in errors]
    if problems:
        return PlannedRow(line, row.get("title", ""), WRONG, problems=tuple(problems))
    changes = tuple((str(form.fields[n].label or n), was, now) for n, (was, now) in form.changes().items())
    if course is None:
        return PlannedRow(line, row["title"], NEW, changes, form=form)
    if not changes:
        return PlannedRow(line, course.title, SAME)
    change = form.change_of(course)
    if change.is_real and (touched_records(change).exists() or change.reaches_back(catalogue_today())):
        url = reverse("admin:ceus_course_change", args=[course.pk])
        return PlannedRow(line, course.title, TOUCHES, changes, url=url)
    return PlannedRow(line, course.title, CHANGED, changes, form=form)


def _save_row(form: Any, *, by: Trainer, at: datetime) -> None:
    row, is_new = form.instance, form.instance.pk is None
    form.save(commit=False)
    if is_new:
        row.slug = free_slug(Course, row.title)
        row.save()
    else:
        change = form.change_of(Course.objects.select_related("provider").get(pk=row.pk))
        if change.is_real:
            change_listing(
                row, change=change, by=by, at=at, today=catalogue_today(), mark=mark_of(change, [])
            )
        else:
            row.save()
    form.save_m2m()
    verb = "added" if is_new else "changed"
    record_history(row, verb, trainer=None, by=by, at=at, reason="From a file", detail=form.changes())
    index_course(row)


def _posted(data: Mapping[str, Any], seen: int) -> Any:
    posted = QueryDict(mutable=True)
    posted["seen"] = str(seen)
    for name, value in data.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return posted


def _unescaped(cell: str) -> str:
    """Return a cell without the apostrophe that `text_cell` put before a formula."""
    return cell[1:] if cell.startswith("'") and text_cell(cell[1:]) == cell else cell
