"""What a service does about the reminders of the calendar. Their wording and their plan are in
`renewals/reminders/`.
"""

from datetime import datetime

from core.history import subject_of
from outbox.notices import supersede_notices
from renewals.notice_codes import REMINDER
from trainers.models import Cycle


def cancel_reminders(cycle: Cycle, *, at: datetime) -> None:
    """End the reminders that wait to be sent about a cycle: its renewal has been sent to us."""
    supersede_notices(REMINDER, subject=subject_of(cycle), at=at)
