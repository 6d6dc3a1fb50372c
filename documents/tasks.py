"""The scheduled task of files."""

from celery import shared_task

from core import clock
from documents.sweep import remove_unclaimed


@shared_task
def sweep_files() -> int:
    """Remove files that no row ever claimed."""
    return remove_unclaimed(at=clock.now())
