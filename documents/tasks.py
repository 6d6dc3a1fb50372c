"""The scheduled task of files."""

from celery import shared_task

from core import clock
from documents.models import Document
from documents.services import render_pictures
from documents.sweep import remove_unclaimed

DRAWN_AT_ONCE = 20


@shared_task
def sweep_files() -> int:
    """Remove files that no row ever claimed, and render documents from before pictures were kept."""
    now = clock.now()
    for document in Document.objects.filter(pages__isnull=True, erased_at=None).order_by("-pk")[
        :DRAWN_AT_ONCE
    ]:
        render_pictures(document)
    return remove_unclaimed(at=now)
