"""Whether the last day for an audit's documents has passed without them, computed from stored dates
and not from what a sweep has done (Q19, Q25, Q27).
"""

from collections.abc import Mapping
from datetime import date

from audits.models import Audit, AuditItem
from audits.services.timing import is_answered
from rules.days import add_days
from rules.last_days import audit_due_on
from trainers.models import Cycle

REPLACE_WITHIN = 14  # days suggested for a replacement, when the present last day is nearer


def has_audit_run_out(cycle: Cycle, day: date) -> bool:
    """Return whether the last day for documents was before `day` and something is still missing."""
    return cycle.pk in audits_run_out({cycle.pk: day})


def audits_run_out(days: Mapping[int, date]) -> set[int]:
    """Return the primary keys of the cycles in `days` whose last day for documents was before the
    day given there, and of whose documents something is still missing. Three queries at most.
    """
    if not days:
        return set()
    overdue = Audit.objects.overdue_on(max(days.values())).filter(cycle__in=days)
    audits = {one.pk: one for one in overdue.select_related("cycle__credential")}
    late = [pk for pk, one in audits.items() if one.due_on and one.due_on < days[one.cycle_id]]
    if not late:
        return set()
    items = AuditItem.objects.filter(audit__in=late).select_related("record__course__provider")
    waiting = set()
    for item in items.select_related("record__credential").prefetch_related("record__evidence"):
        item.audit = audits[item.audit_id]
        if not is_answered(item):
            waiting.add(item.audit.cycle_id)
    return waiting


def day_to_replace(audit: Audit, today: date) -> date:
    """Return the last day to suggest for replacements: two weeks from `today`, or the present last
    day if that is later.
    """
    figures = audit.cycle.policy.version_on(today)
    due_on = audit.due_on or audit_due_on(today, figures.audit_days)
    return max(due_on, add_days(today, REPLACE_WITHIN))
