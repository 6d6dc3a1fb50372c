"""Whether the last day for an audit's documents has passed without them, computed from stored dates
and not from what a sweep has done (Q19, Q25, Q27).
"""

from datetime import date

from audits.models import Audit
from audits.services.timing import is_answered, items_of
from rules.audit_clock import audit_due_on
from rules.days import add_days
from trainers.models import Cycle

REPLACE_WITHIN = 14  # days suggested for a replacement, when the present last day is nearer


def has_audit_run_out(cycle: Cycle, day: date) -> bool:
    """Return whether the last day for documents was before `day` and something is still missing."""
    overdue = Audit.objects.overdue_on(day).filter(cycle=cycle).first()
    return overdue is not None and not all(map(is_answered, items_of(overdue)))


def day_to_replace(audit: Audit, today: date) -> date:
    """Return the last day to suggest for replacements: two weeks from `today`, or the present last
    day if that is later.
    """
    figures = audit.cycle.policy.version_on(today)
    due_on = audit.due_on or audit_due_on(today, figures.audit_days)
    return max(due_on, add_days(today, REPLACE_WITHIN))
