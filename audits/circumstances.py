"""When the audit before was passed, as a fact for the rules: somebody may be spared for years after it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from audits.models import Audit
from core.clock import date_of
from core.constraints import require_value
from rules.asking import spares_after_audits
from trainers.circumstances import register_circumstances
from trainers.models import Cycle


@register_circumstances
def _last_audits(cycles: Sequence[Cycle]) -> Mapping[int, Mapping[str, object]]:
    """Return the day on which the last audit of an earlier cycle of the same credential was passed. One
    query; none where no policy spares anybody after an audit.
    """
    asking = [one for one in cycles if spares_after_audits(one.policy)]
    if not asking:
        return {}
    rows = Audit.objects.filter(
        state=Audit.State.PASSED, cycle__credential__in={one.credential_id for one in asking}
    )
    passed: dict[int, list[tuple[date, date]]] = defaultdict(list)
    zones = {one.credential_id: one.policy.time_zone for one in asking}
    for credential, starts_on, ended_at in rows.values_list(
        "cycle__credential_id", "cycle__starts_on", "ended_at"
    ):
        passed[credential].append((starts_on, date_of(require_value(ended_at), zones[credential])))
    return {
        one.pk: {
            "audited_on": max(
                (day for starts_on, day in passed[one.credential_id] if starts_on < one.starts_on),
                default=None,
            )
        }
        for one in asking
    }
