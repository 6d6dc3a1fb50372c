"""Any list as a table for a spreadsheet: all rows that its filters and search leave, streamed row
by row.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import strip_tags

from core import clock
from core.history import record_history
from core.spreadsheet import stream_csv, text_cell
from staff.actions import staff_user

AT_ONCE = 500  # rows that are read and prepared together
PART = 20_000  # rows of one file: a longer one could outlast the time that a web worker has for a page
PART_KEY = "part"
LONGEST_PART = 7  # digits


Row = TypeVar("Row", bound=Model)
FieldNames = list[Any]  # the fields of an admin class: names, and groups of names

if TYPE_CHECKING:
    RowAdmin = admin.ModelAdmin
else:

    class RowAdmin(admin.ModelAdmin, Generic[Row]):
        """Django's list, which cannot be subscripted with its model at run time."""


class ExportedAdmin(RowAdmin[Row]):
    """A list that staff can download as a table for a spreadsheet, filtered and searched as it is
    shown.
    """

    def prepare_rows(self, request: HttpRequest, rows: list[Row]) -> None:
        """Read what the columns of these rows need, together for all of them."""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list, after `prepare_rows` was called for the rows of its page."""
        page = super().get_changelist_instance(request)
        page.result_list = list(page.result_list)
        self.prepare_rows(request, page.result_list)
        return page

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_table"
        return [path("table/", self.admin_site.admin_view(self.table_view), name=name), *super().get_urls()]

    def table_view(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the whole list that the URL asks for, as CSV. Of a long list, answer with the
        part that the URL names, or with a page of links to the parts.

        History records who downloaded it.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.urlencode()[:1000]
        part = request.GET.get(PART_KEY)
        request.GET = _without_part(request.GET)  # type: ignore[assignment]  # no lookup of the list
        try:
            rows = super().get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            raise Http404 from None
        parts = _parts_of(rows.count())
        if part is None and len(parts) > 1:
            return _parts_page(self, request, parts)
        number = 1 if part is None else _number_of(part)
        if not 1 <= number <= len(parts):
            raise Http404
        return self.answer_with_table(request, rows[(number - 1) * PART : number * PART], asked=asked)

    def answer_with_table(
        self, request: HttpRequest, rows: "QuerySet[Row]", *, asked: str
    ) -> StreamingHttpResponse:
        """Answer with these rows as CSV, and record who downloaded them."""
        person = staff_user(request)
        detail = {"list": str(self.opts.verbose_name_plural), "asked": asked}
        with transaction.atomic():
            record_history(person, "exported", trainer=None, by=person, at=clock.now(), detail=detail)
        return list_as_table(self, request, rows)


def _without_part(asked: QueryDict) -> QueryDict:
    """Return the query without the number of a part: what the URL asks of the whole list."""
    kept = asked.copy()
    kept.pop(PART_KEY, None)
    return kept


def _number_of(part: str) -> int:
    """Return the number of the part that the URL names; 0 when it names none."""
    return int(part) if part.isascii() and part.isdigit() and len(part) <= LONGEST_PART else 0


def _parts_of(count: int) -> list[tuple[int, int]]:
    """Return the first and the last row of each file of a list of `count` rows."""
    return [(first + 1, min(first + PART, count)) for first in range(0, max(count, 1), PART)]


def _parts_page(
    room: ExportedAdmin[Row], request: HttpRequest, parts: list[tuple[int, int]]
) -> TemplateResponse:
    """Return the page with a link to each part of a long list."""
    files = []
    for number, rows in enumerate(parts, 1):
        link = request.GET.copy()
        link[PART_KEY] = str(number)
        files.append((f"?{link.urlencode()}", *(f"{row:,}" for row in rows)))
    name = str(room.opts.verbose_name_plural)
    context = {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "title": f"{name[:1].upper()}{name[1:]} as CSV",
        "files": files,
        "count": f"{parts[-1][1]:,}",
        "part": f"{PART:,}",
    }
    return TemplateResponse(request, "admin/table_parts.html", context)


def list_as_table(
    room: ExportedAdmin[Row], request: HttpRequest, rows: "QuerySet[Row]"
) -> StreamingHttpResponse:
    """Answer with `rows` as CSV: the columns of the list, in UTF-8, with no cell that runs as a
    formula.
    """
    columns = room.list_display
    header = [text_cell(str(label_for_field(name, room.model, room))) for name in columns]
    today = clock.today(settings.TIME_ZONE)
    name = f"{str(room.opts.verbose_name_plural).replace(' ', '-')}-{today}"
    return stream_csv(name, header, _table(room, request, rows))


def _table(room: ExportedAdmin[Row], request: HttpRequest, rows: "QuerySet[Row]") -> Iterator[list[str]]:
    found = rows.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(found, AT_ONCE)):
        room.prepare_rows(request, chunk)
        for row in chunk:
            yield [_cell(room, str(name), row) for name in room.list_display]


def _cell(room: ExportedAdmin[Row], name: str, row: Row) -> str:
    field, _attribute, value = lookup_field(name, row, room)
    if field is not None and getattr(field, "flatchoices", None):
        value = dict(field.flatchoices).get(value, value)
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else strip_tags(str(value).replace("<", " <"))
    return text_cell(" ".join(text.split()))
