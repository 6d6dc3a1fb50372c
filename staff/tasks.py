"""Scheduled work of the staff side: the digest."""

from celery import shared_task

from core import clock
from staff import digest


@shared_task(ignore_result=True)
def queue_digests() -> int:
    """Queue today's digest for everybody on the staff who may see something late, on weekdays."""
    return digest.queue_digests(clock.now())
