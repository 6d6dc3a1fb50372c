"""The pages on which staff download a file of courses, compare one with what is stored, and apply
it.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import clock
from core.errors import Refusal
from core.forms import PlainForm
from core.spreadsheet import csv_download
from staff.actions import staff_user
from staff.catalogue.exchange import (
    MOST_BYTES,
    apply_import,
    courses_as_rows,
    mark_of_plan,
    plan_import,
    read_file,
)

_signer = Signer(salt="staff.catalogue.importing")


class FileForm(PlainForm):
    """The form with the file; once the file was read, with its content as text signed by us."""

    file = forms.FileField(
        label="File of courses",
        help_text="CSV in UTF-8 with the columns of the download. Rows without a slug are new courses.",
        required=False,
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    kept = forms.CharField(required=False, max_length=2 * MOST_BYTES, widget=forms.HiddenInput, strip=False)
    mark = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def courses_file(request: HttpRequest) -> HttpResponse:
    """Answer with every course as a CSV file that can be read back."""
    if not request.user.has_perm("ceus.view_course"):
        raise PermissionDenied
    header, *rows = courses_as_rows()
    return csv_download("courses", header, rows)


def import_page(room: Any, request: HttpRequest) -> HttpResponse:
    """Show the form; after a file was sent, what each row would do; after the confirmation, apply
    it.
    """
    if not request.user.has_perms(("ceus.add_course", "ceus.change_course")):
        raise PermissionDenied
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    page: dict[str, Any] = {"title": "Read a file of courses", "form": form}
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        try:
            return _answer(room, request, form, page)
        except Refusal as refusal:
            form.refuse(refusal)
    answer = room.render_page(request, "admin/ceus/import.html", page)
    answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return answer  # type: ignore[no-any-return] # a room is an admin of ours


def _answer(room: Any, request: HttpRequest, form: FileForm, page: dict[str, Any]) -> HttpResponse:
    by, data = staff_user(request), _content(form)
    rows = read_file(data)
    if "confirmed" in request.POST:
        count = apply_import(rows, mark=form.cleaned_data["mark"], by=by, at=clock.now())
        messages.success(request, f"{count} course{'' if count == 1 else 's'} saved from the file.")
        return redirect("admin:ceus_course_changelist")
    planned = plan_import(rows, by=by)
    kept = {"kept": _signer.sign(data.decode("utf-8-sig")), "mark": mark_of_plan(planned)}
    counts = {
        kind: sum(row.kind == kind for row in planned) for kind in dict.fromkeys(row.kind for row in planned)
    }
    page |= {"planned": [row for row in planned if row.kind != "same"], "counts": counts, **kept}
    page["applies"] = sum(row.applies for row in planned)
    return room.render_page(request, "admin/ceus/import_plan.html", page)  # type: ignore[no-any-return] # as above


def _content(form: FileForm) -> bytes:
    """Return the bytes of the sent file, or of the one that was read before. Raises Refusal without
    either.
    """
    if upload := form.cleaned_data.get("file"):
        return bytes(upload.read())
    try:
        return _signer.unsign(form.cleaned_data["kept"]).encode()
    except BadSignature:
        raise Refusal("Choose a file.", code="missing", field="file") from None
