"""Whether an audit's time has run out on a day, computed from stored dates and not from a sweep
(Q19, Q25, Q27).
"""

from datetime import date

from audits.models import Audit
from audits.services.timing import is_answered, items_of
from trainers.models import Cycle


def has_audit_run_out(cycle: Cycle, day: date) -> bool:
    """Return whether the time for documents has ended before `day` and something is still missing."""
    overdue = Audit.objects.overdue_on(day).filter(cycle=cycle).first()
    return overdue is not None and not all(map(is_answered, items_of(overdue)))
