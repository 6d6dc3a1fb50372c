"""The scheduled task of files."""

from celery import shared_task

from core import clock
from documents.models import Document
from documents.quota import forget_old_counts
from documents.services import draw_pictures
from documents.sweep import remove_unclaimed

DRAWN_AT_ONCE = 20


@shared_task
def sweep_files() -> int:
    """Remove files that no row ever claimed, and draw documents from before pictures were kept."""
    now = clock.now()
    forget_old_counts(at=now)
    for document in Document.objects.filter(pages__isnull=True).order_by("-pk")[:DRAWN_AT_ONCE]:
        draw_pictures(document)
    return remove_unclaimed(at=now)
