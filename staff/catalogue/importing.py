"""The pages on which a file of courses or providers is downloaded, compared, and applied."""

from base64 import b64decode, b64encode
from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from ceus import services
from core import clock
from core.errors import Refusal
from core.forms import PlainForm
from core.spreadsheet import csv_download
from rules.units import count_of
from staff.actions import staff_user
from staff.catalogue.exchange import (
    MOST_BYTES,
    Sheet,
    filed_rows,
    mark_of_plan,
    plan_import,
    read_file,
    rows_of_sheet,
)
from staff.catalogue.forms import catalogue_today

_signer = Signer(salt="staff.catalogue.importing")


class FileForm(PlainForm):
    """The file; after it was read, its content as signed text."""

    file = forms.FileField(
        label="File",
        help_text="CSV in UTF-8 with the columns of the download. Rows without a slug are new.",
        required=False,
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    kept = forms.CharField(required=False, max_length=2 * MOST_BYTES, widget=forms.HiddenInput, strip=False)
    mark = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def sheet_urls(room: Any, sheet: Sheet) -> list[URLPattern]:
    """Return the URL patterns of the two pages of a sheet: download and import."""
    wrap = room.admin_site.admin_view
    return [
        path("file/", wrap(partial(download_sheet, sheet)), name=room.url_name("file")),
        path("import/", wrap(partial(import_page, room, sheet)), name=room.url_name("import")),
    ]


def download_sheet(sheet: Sheet, request: HttpRequest) -> HttpResponse:
    """Answer with every row as a CSV file that can be read back."""
    if not request.user.has_perm(_permission(sheet, "view")):
        raise PermissionDenied
    header, *rows = rows_of_sheet(sheet)
    return csv_download(sheet.plural, header, rows)


def import_page(room: Any, sheet: Sheet, request: HttpRequest) -> HttpResponse:
    """Show the form; then what each row would do; then, when somebody has confirmed it, apply the rows."""
    if not request.user.has_perms((_permission(sheet, "add"), _permission(sheet, "change"))):
        raise PermissionDenied
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    page: dict[str, object] = {"title": f"Read a file of {sheet.plural}", "form": form, "sheet": sheet}
    page |= {name: room.address(name) for name in ("file", "import", "changelist")}
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        with form.refusals():
            return _answer(room, sheet, request, form, page)
    answer = room.render_page(request, "admin/ceus/import.html", page)
    answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return answer  # type: ignore[no-any-return] # a room is an admin of ours


def _permission(sheet: Sheet, verb: str) -> str:
    return f"{sheet.model._meta.app_label}.{verb}_{sheet.model._meta.model_name}"


def _answer(
    room: Any, sheet: Sheet, request: HttpRequest, form: FileForm, page: dict[str, Any]
) -> HttpResponse:
    by, data = staff_user(request), _content(form)
    rows = read_file(data, sheet.columns)
    if "confirmed" in request.POST:
        mark = form.cleaned_data["mark"]
        count = services.save_filed_rows(
            lambda: filed_rows(sheet, rows, mark=mark, by=by), by=by, at=clock.now(), today=catalogue_today()
        )
        messages.success(request, f"{count_of(count, sheet.noun, sheet.plural)} saved from the file.")
        return redirect(page["changelist"])
    planned = plan_import(sheet, rows, by=by)
    # One line: a browser changes line feeds of a field, and the signature would not fit any more.
    kept = {"kept": _signer.sign(b64encode(data).decode()), "mark": mark_of_plan(planned)}
    counts = {
        kind: sum(row.kind == kind for row in planned) for kind in dict.fromkeys(row.kind for row in planned)
    }
    page |= {"planned": [row for row in planned if row.kind != "same"], "counts": counts, **kept}
    page["applies"] = sum(row.applies for row in planned)
    return room.render_page(request, "admin/ceus/import_plan.html", page)  # type: ignore[no-any-return] # as above


def _content(form: FileForm) -> bytes:
    """Return the bytes of the file, or those that were read for the preview. Raises Refusal when
    there are neither.
    """
    if upload := form.cleaned_data.get("file"):
        return bytes(upload.read())
    try:
        return b64decode(_signer.unsign(form.cleaned_data["kept"]))
    except BadSignature:
        raise Refusal("Choose a file.", code="missing", field="file") from None
