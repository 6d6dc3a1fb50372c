"""What services do with the reminders of the calendar; `renewals/reminders/` words and plans them."""

from datetime import datetime

from core.history import subject_of
from outbox.notices import supersede_notices
from renewals.notice_codes import REMINDER
from trainers.models import Cycle


def cancel_reminders(cycle: Cycle, *, at: datetime) -> None:
    """Supersede the queued reminders of a cycle whose renewal was submitted."""
    supersede_notices(REMINDER, subject=subject_of(cycle), at=at)
