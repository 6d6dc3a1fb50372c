"""Scheduled work of the staff side: the digest and the weekly report."""

from celery import shared_task

from core import clock
from staff import digest
from staff.reports import weekly


@shared_task(ignore_result=True)
def queue_digests() -> int:
    """Queue today's digest for everybody on the staff who may see something late, on weekdays."""
    return digest.queue_digests(clock.now())


@shared_task(ignore_result=True)
def queue_weekly_reports() -> int:
    """Queue last week's report for everybody who wants it, on Mondays."""
    return weekly.queue_weekly_reports(clock.now())
