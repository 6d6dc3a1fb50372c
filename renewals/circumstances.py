"""What renewals mean for the facts that a policy asks for: how often a tier was used, when the
renewal before was received, what it left over, and that stated facts stay while one is decided.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from ceus.carried import carried_facts
from core.clock import date_of
from core.constraints import require_value
from petitions.models import Petition
from renewals.models import Application, YearlyFee
from rules.asking import asks_for_renewals, carries_over, charges_for
from rules.facts import DuePaid
from trainers.circumstances import register_circumstances, register_fact_lock
from trainers.models import Credential, Cycle

State = Application.State
UNDECIDED = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED)
NOT_SENT = (Petition.State.DRAFT, Petition.State.UNPAID, Petition.State.WITHDRAWN)
HELD = "Your renewal is being decided, so this stays as it is. Write to us if something is not right."


@register_fact_lock
def _renewal_in_hand(credential: Credential) -> str:
    """Return why stated facts stay while a renewal is undecided: it was submitted with them."""
    rows = Application.objects.filter(cycle__credential=credential, state__in=UNDECIDED)
    return HELD if rows.exists() else ""


@register_circumstances
def _earlier_renewals(cycles: Sequence[Cycle]) -> Mapping[int, Mapping[str, object]]:
    """Return, of each cycle, the tiers and the ways of earlier approved renewals of the credential, and
    the day of receipt of the last one. One query; none where no policy asks for them.
    """
    asking = [one for one in cycles if asks_for_renewals(one.policy)]
    if not asking:
        return {}
    found: dict[int, list[tuple[date, date, str, str | None]]] = {one.credential_id: [] for one in asking}
    rows = Application.objects.filter(cycle__credential__in=found, state=Application.State.APPROVED)
    columns = ("cycle__credential_id", "cycle__starts_on", "received_on", "tier", "assessment__path")
    for credential, starts_on, received_on, tier, path in rows.values_list(*columns):
        found[credential].append((starts_on, require_value(received_on), tier, path))
    return {one.pk: _of_cycle(one, found[one.credential_id]) for one in asking}


def _of_cycle(cycle: Cycle, rows: list[tuple[date, date, str, str | None]]) -> dict[str, object]:
    before = sorted((row for row in rows if row[0] < cycle.starts_on), key=lambda row: row[:2])
    uses = Counter(code for _, _, *codes in before for code in codes if code)
    return {"uses": dict(uses), "previous_received_on": before[-1][1] if before else None}


@register_circumstances
def _carried_over(cycles: Sequence[Cycle]) -> Mapping[int, Mapping[str, object]]:
    """Return what is carried over into each cycle: what the approval of the renewal before left over,
    under the same policy. Two queries, and one for what the rules ask about courses; none where no
    policy carries anything over.
    """
    asking = [one for one in cycles if carries_over(one.policy)]
    if not asking:
        return {}
    rows = Application.objects.filter(
        cycle__credential__in={one.credential_id for one in asking}, state=State.APPROVED
    )
    before: dict[int, list[tuple[date, str, object]]] = defaultdict(list)
    columns = ("cycle__credential_id", "cycle__starts_on", "cycle__policy_code", "assessment__carry_over")
    for credential, *row in rows.values_list(*columns):
        before[credential].append((row[0], row[1], row[2]))
    left = {one: _left_over(one, before[one.credential_id]) for one in asking}
    return {pk: {"carried": facts} for pk, facts in carried_facts(left).items()}


def _left_over(cycle: Cycle, rows: list[tuple[date, str, object]]) -> dict[int, int]:
    """Return how much the last renewal before `cycle` left over, by the record's primary key."""
    found = max((row for row in rows if row[0] < cycle.starts_on), key=lambda row: row[0], default=None)
    if found is None or found[1] not in ("", cycle.policy.code) or not isinstance(found[2], Mapping):
        return {}
    unit = cycle.policy.unit
    return {int(one["id"]): unit.parse(one["amount"]) for one in found[2]["records"]}


@register_circumstances
def _petitions_without_a_fee(cycles: Sequence[Cycle]) -> Mapping[int, Mapping[str, object]]:
    """Return how many petitions were sent since each cycle began whose fee is part of the renewal's
    price: their own charge was 0. One query; none where no policy has a fee for each petition.
    """
    asking = [one for one in cycles if charges_for(one.policy, "petition")]
    if not asking:
        return {}
    sent = Petition.objects.filter(
        credential__in={one.credential_id for one in asking}, received_on__isnull=False
    ).exclude(state__in=NOT_SENT)
    days: dict[int, list[date]] = defaultdict(list)
    rows = sent.filter(charge__amount_cents=0)
    for credential, received_on in rows.values_list("credential_id", "received_on"):
        days[credential].append(require_value(received_on))
    return {
        one.pk: {"petitions": sum(day >= one.starts_on for day in days[one.credential_id])} for one in asking
    }


@register_circumstances
def _paid_dues(cycles: Sequence[Cycle]) -> Mapping[int, Mapping[str, object]]:
    """Return the due fees of each cycle that are paid and were not given back. One query; none where
    no policy has any.
    """
    asking = {one.pk: one for one in cycles if any(version.families.dues for version in one.policy.versions)}
    if not asking:
        return {}
    found: dict[int, list[DuePaid]] = {key: [] for key in asking}
    rows = YearlyFee.objects.kept().filter(cycle__in=found).order_by("pk")
    for key, code, due_on, paid_at in rows.values_list("cycle_id", "code", "due_on", "charge__paid_at"):
        found[key].append(
            DuePaid(code, due_on, date_of(require_value(paid_at), asking[key].policy.time_zone))
        )
    return {key: {"dues": tuple(paid)} for key, paid in found.items()}
