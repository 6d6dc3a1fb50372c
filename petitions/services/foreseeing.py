"""Queue the notices about an undecided petition: when its answer is late, and before the cycle
expires.
"""

from datetime import timedelta

from core.clock import moment_on
from core.history import subject_of
from outbox.notices import queue_notice
from outbox.planning import FIRST_HOUR, queue_marks
from petitions.models import Petition
from petitions.notice_codes import LONGER, UNDECIDED
from rules.days import CyclePeriod
from rules.reminders import cycle_marks
from trainers.models import Cycle

ONE_DAY = timedelta(days=1)


def queue_delay_notice(petition: Petition) -> None:
    """Queue the notice that the answer takes longer, for the morning after the promised day. Before
    it is sent, `notices.py` checks that the answer is still late.
    """
    due_on = petition.promised_on
    queue_notice(
        LONGER,
        subject=subject_of(petition),
        event=str(due_on),
        trainer=petition.trainer,
        send_at=moment_on(due_on + ONE_DAY, FIRST_HOUR, petition.credential.policy.time_zone),
    )


def queue_expiry_notices(petition: Petition) -> None:
    """Queue the notices of an undecided petition, on the calendar's days before expiration (Q15)."""
    policy = petition.credential.policy
    cycle = Cycle.objects.current().get(credential=petition.credential)
    queue_marks(
        UNDECIDED,
        cycle_marks(policy, CyclePeriod(cycle.starts_on, cycle.expires_on), "petition"),
        about=str(cycle.expires_on),
        subject=subject_of(petition),
        trainer=petition.trainer,
        zone=policy.time_zone,
        after=petition.agreement.received_on,
    )
