"""The only views that send stored files: a copy to download, and pictures of its pages. The bytes
that were sent are never served (Q30). One view takes a file before the rest of its form.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from typing import cast

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.access import signed_in
from core.forms import PlainForm
from documents.errors import FileGone
from documents.forms import OneFileForm
from documents.lookups import document_for
from documents.models import Document
from documents.services import (
    note_download,
    note_look,
    note_page,
    read_document,
    read_page,
    read_thumbnail,
)
from trainers.models import Trainer

log = logging.getLogger(__name__)
PICTURE = "image/webp"


class FieldForm(PlainForm):
    """Which field of a form a file is for, and the label of that field."""

    field = forms.SlugField(max_length=40)
    what = forms.CharField(max_length=200)


@require_POST
@signed_in
def keep_document(request: HttpRequest) -> HttpResponse:
    """Store one file of a form that is not sent yet. Answer with the box that replaces the file
    field: with the file's picture, or with status 422 and why it was refused.
    """
    asked = FieldForm(request.GET)
    if not asked.is_valid():
        return HttpResponseBadRequest()
    name, what = asked.cleaned_data["field"], asked.cleaned_data["what"]
    person = cast(Trainer, request.user)
    form = OneFileForm(request.POST, request.FILES, name=name, label=what, owner=person)
    valid = form.is_valid()
    form.fields[name].widget.error = "" if valid else form.errors[name][0]
    # The page that asks may show what follows from a file, once its box is there.
    return HttpResponse(
        str(form[name]), status=200 if valid else 422, headers={"HX-Trigger-After-Settle": "kept"}
    )


@require_safe
@signed_in
def download_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the copy as an attachment. A download by staff is recorded in the owner's history
    first.
    """

    def answer(document: Document) -> FileResponse:
        return FileResponse(
            read_document(document),
            as_attachment=True,
            filename=document.original_name,
            content_type=document.media_type,
        )

    return _answer(request, pk, answer, note_download)


@require_safe
@signed_in
def document_page(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Send the picture of page `number`, from 1. That a page was shown to staff is recorded once
    for each of them.
    """

    def note(document: Document, *, by: Trainer, at: datetime) -> None:
        note_page(document, page=number, by=by, at=at)

    return _answer(request, pk, lambda document: _picture(read_page(document, number)), note)


@require_safe
@signed_in
def document_thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the small picture of the first page; a visit by staff is recorded once."""
    return _answer(request, pk, lambda document: _picture(_thumbnail(document)), note_look)


def _thumbnail(document: Document) -> bytes:
    if document.erased_at:
        raise FileGone
    return read_thumbnail(document.stored_as)


def _picture(content: bytes) -> FileResponse:
    return FileResponse(BytesIO(content), content_type=PICTURE)


def _answer(
    request: HttpRequest,
    pk: int,
    answer: Callable[[Document], FileResponse],
    note: Callable[..., None],
) -> HttpResponseBase:
    person = cast(Trainer, request.user)
    document = document_for(person, pk)
    try:
        response = answer(document)
    except FileGone:
        if document.erased_at is None:
            log.error("document %s is not what was stored", document.pk)
        return render(request, "documents/gone.html", {"document": document}, status=HTTPStatus.GONE)
    if document.owner_id != person.pk:
        note(document, by=person, at=clock.now())
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
