"""Other credentials of a person as facts for the rules, where a policy asks for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from core import clock
from rules.asking import asks_for_others
from rules.facts import OtherCredential
from trainers.circumstances import CircumstanceFields, register_circumstances
from trainers.models import Credential, Cycle
from trainers.services.cycles import next_last_day


def _next_last_day(cycle: Cycle) -> date | None:
    """Return the last day of the next cycle, if its renewal is sent and approved as early as it can be."""
    day = max(clock.today(cycle.policy.time_zone), cycle.opens_on)
    return next_last_day(cycle, received_on=day, approved_on=day)


@register_circumstances
def _others_held(cycles: Sequence[Cycle]) -> Mapping[int, CircumstanceFields]:
    """Return, of each cycle, the other credentials of its trainer that are in force and end after the
    cycle begins. One query; none where no policy asks for them.
    """
    asking = [one for one in cycles if asks_for_others(one.policy)]
    if not asking:
        return {}
    held: dict[int, list[Cycle]] = defaultdict(list)
    rows = Cycle.objects.current().filter(
        credential__trainer__in={one.credential.trainer_id for one in asking},
        credential__state=Credential.State.IN_FORCE,
    )
    for row in rows.select_related("credential__trainer").order_by("credential"):
        held[row.credential.trainer_id].append(row)
    return {
        one.pk: {
            "also": tuple(
                OtherCredential(
                    other.credential.policy_code,
                    other.expires_on,
                    renewed=False,
                    opens_on=other.opens_on,
                    next_expires_on=_next_last_day(other),
                    keeps_lower=other.chosen_status_path is None,
                )
                for other in held[one.credential.trainer_id]
                if other.credential_id != one.credential_id and other.expires_on >= one.starts_on
            )
        }
        for one in asking
    }
