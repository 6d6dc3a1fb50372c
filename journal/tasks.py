"""The scheduled tasks of the journal."""

from celery import shared_task

from core import clock
from journal.services.writing import write_entries as write


@shared_task(ignore_result=True)
def write_entries() -> int:
    """Write the entries of what was committed lately; return how many."""
    return write(at=clock.now())


@shared_task(ignore_result=True)
def write_everything() -> int:
    """Write whatever is missing, however old; return how many rows."""
    return write(at=clock.now(), everything=True)
