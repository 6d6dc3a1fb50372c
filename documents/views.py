"""The only view that sends a stored file."""

import logging
from http import HTTPStatus
from typing import cast

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.access import signed_in
from documents.errors import FileGone
from documents.lookups import document_for
from documents.services import note_view, read_document
from trainers.models import Trainer

log = logging.getLogger(__name__)


@require_safe
@signed_in
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the bytes as an attachment; a view by staff is first recorded in the owner's history."""
    person = cast(Trainer, request.user)
    document = document_for(person, pk)
    try:
        content = read_document(document)
    except FileGone:
        log.error("document %s is not what was stored", document.pk)
        return render(request, "documents/gone.html", {"document": document}, status=HTTPStatus.GONE)
    if document.owner_id != person.pk:
        note_view(document, by=person, at=clock.now())
    response = FileResponse(
        content, as_attachment=True, filename=document.original_name, content_type=document.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
