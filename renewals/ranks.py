"""Which renewals of a higher certification renew a lower one of the same person, too, when they are approved."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from core import clock
from renewals.models import Application
from rules.policy.model import Policy
from rules.pricing import is_covered_by
from trainers.models import Credential, Cycle
from trainers.services.cycles import next_last_day

UNDECIDED = (Application.State.SUBMITTED, Application.State.IN_REVIEW, Application.State.RETURNED)


def load_renewals_above(cycles: Collection[Cycle]) -> None:
    """Keep on each of these current cycles what `undecided_above` returns. One query for all of them; none
    where no policy says that the highest certification renews the lower ones.
    """
    found = renewals_above(cycles, UNDECIDED)
    for one in cycles:
        one.loaded_above = found.get(one.pk, [])  # type: ignore[attr-defined]  # read below


def undecided_above(cycle: Cycle) -> list[Application]:
    """Return the renewals that are being decided whose approval renews this current cycle, too. One query,
    unless they were loaded for many cycles.
    """
    if not hasattr(cycle, "loaded_above"):
        load_renewals_above([cycle])
    return list(cycle.loaded_above)  # type: ignore[attr-defined]  # kept above


def renews_lower(policy: Policy) -> bool:
    """Return whether a version of the policy says that the highest certification renews the lower ones."""
    several = (version.families.several for version in policy.versions)
    return policy.wide and any(one is not None and one.highest_renews_lower for one in several)


def is_renewed_by(leader: Application, cycle: Cycle, *, through: date) -> bool:
    """Return whether approving `leader` renews the current `cycle` of another certification, too: the
    policies of both say so on the day of receipt, and it ends on or before `through`, the last day of the
    next cycle of the leader's certification. Whether it has a renewal of its own is not asked. A renewal by a
    way that gives another status, such as inactive, keeps no lower certification.
    """
    own, lower = leader.cycle.policy, cycle.policy
    if leader.cycle.chosen_status_path:
        return False
    if cycle.is_for_life or not (renews_lower(own) and renews_lower(lower)) or cycle.expires_on > through:
        return False
    day = clock.date_of(leader.submission.received_at, lower.time_zone)
    versions = own.version_on(leader.submission.received_on), lower.version_on(day)
    return all(is_covered_by(own.code, lower.code, one.families.several) for one in versions)


def renewals_above(cycles: Iterable[Cycle], states: Collection[str]) -> dict[int, list[Application]]:
    """Return the renewals in these states whose approval renews each of these current cycles, too, by the
    cycle's primary key. One query; none where no policy says that the highest renews the lower ones.
    """
    asking = [one for one in cycles if renews_lower(one.policy)]
    if not asking:
        return {}
    owners = {one.credential.trainer_id for one in asking}
    rows = Application.objects.filter(
        cycle__credential__trainer__in=owners,
        cycle__credential__state=Credential.State.IN_FORCE,
        state__in=states,
    )
    by_owner: dict[int, list[tuple[Application, date]]] = defaultdict(list)
    for one in rows.select_related("cycle__credential__trainer").order_by("pk"):
        received_on = one.submission.received_on
        approved_on = max(received_on, clock.today(one.cycle.policy.time_zone))
        through = next_last_day(one.cycle, received_on=received_on, approved_on=approved_on) or date.max
        by_owner[one.cycle.credential.trainer_id].append((one, through))
    return {
        cycle.pk: [
            one
            for one, through in by_owner[cycle.credential.trainer_id]
            if one.cycle.credential_id != cycle.credential_id and is_renewed_by(one, cycle, through=through)
        ]
        for cycle in asking
    }
