"""What the schedule wakes: the outbox."""

from celery import shared_task

from trainers import sender


@shared_task(ignore_result=True)
def send_due_notices() -> dict[str, int]:
    """One drain of the outbox; any number of them may run side by side."""
    return dict(sender.send_due())
