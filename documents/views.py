"""The one door through which a file leaves."""

import logging
from http import HTTPStatus

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.access import signed_in
from documents.errors import FileGone
from documents.lookups import document_for
from documents.services import note_view, read

log = logging.getLogger(__name__)


@require_safe
@signed_in
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as an attachment; a view by staff is written into the owner's history before."""
    document = document_for(request.user, pk)
    try:
        content = read(document)
    except FileGone:
        log.error("document %s is not what was stored", document.pk)
        return render(request, "documents/gone.html", {"document": document}, status=HTTPStatus.GONE)
    if document.owner_id != request.user.pk:
        note_view(document, by=request.user, at=clock.now())
    response = FileResponse(
        content, as_attachment=True, filename=document.original_name, content_type=document.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
