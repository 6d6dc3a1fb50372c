"""What the schedule wakes: the outbox."""

from celery import shared_task

from recert import clock
from trainers import digest, sender


@shared_task(ignore_result=True)
def send_due_notices() -> dict[str, int]:
    """One drain of the outbox; any number of them may run side by side."""
    return dict(sender.send_due())


@shared_task(ignore_result=True)
def queue_digests() -> int:
    """Tell those who work here what is late, on weekdays."""
    return digest.queue_digests(clock.now())
