"""What employers hear without anybody's doing."""

from celery import shared_task

from core import clock
from employers.services.telling import queue_ending_notices


@shared_task(ignore_result=True)
def tell_of_endings() -> int:
    """Queue the mails about certifications of a team that are about to end."""
    return queue_ending_notices(at=clock.now())
