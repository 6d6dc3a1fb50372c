"""What is carried over from the cycle before, as facts for the rules and in words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ceus.described import Described, described_now, details_of_rows, with_details
from ceus.models import CeuRecord
from ceus.standing import fact_of_record
from rules.answers import Standing
from rules.facts import RecordFact
from trainers.models import Cycle

PREFIX = "carried:"


def carried_facts(amounts: Mapping[Cycle, Mapping[int, int]]) -> dict[int, tuple[RecordFact, ...]]:
    """Return what is carried over into each cycle, by the cycle's primary key. `amounts` has for each
    how much is left over of records of the cycle before, by the record's primary key. One query for
    the records; more where a policy asks about their courses.
    """
    wanted = {pk for left in amounts.values() for pk in left}
    rows = CeuRecord.objects.present().in_bulk(wanted) if wanted else {}
    now = described_now(rows.values())
    return {
        cycle.pk: tuple(_facts(cycle, {pk: amount for pk, amount in left.items() if pk in rows}, rows, now))
        for cycle, left in amounts.items()
    }


def _facts(
    cycle: Cycle, left: Mapping[int, int], rows: Mapping[int, CeuRecord], now: Mapping[int, Described]
) -> Iterator[RecordFact]:
    details = details_of_rows(cycle, [rows[pk] for pk in left], {cycle.credential_id: set()}, now)
    for pk, amount in sorted(left.items()):
        fact = with_details(fact_of_record(rows[pk]), details)
        yield replace(fact, id=f"{PREFIX}{pk}", ceus=amount)


def is_carried(claim: str) -> bool:
    """Return whether an id of a standing belongs to what is carried over, and not to a record that
    can be claimed.
    """
    return claim.startswith(PREFIX)


def carried_amount(standing: Standing) -> int:
    """Return how much of what counts was carried over from the cycle before."""
    return sum(one.counted for one in standing.records if is_carried(one.id))


def carried_words(cycle: Cycle, standing: Standing) -> str:
    """Return the sentence about what is carried over into a cycle, with its rule; "" when nothing is."""
    amount, rule = carried_amount(standing), cycle.policy.version_on(cycle.starts_on).families.carry_over
    if not amount or rule is None:
        return ""
    return f"Carried over from your last cycle: {standing.unit.words(amount)}. {rule.rule.text}"


def left_over_words(standing: Standing, surplus: int) -> str:
    """Return the sentence about what is more than needed: what of it is carried over to the next
    cycle, where the policy carries anything over.
    """
    unit = standing.unit
    over = standing.more.left_over if standing.more else None
    kept = sum(amount for _, amount in over or ())
    more = f"You have {unit.words(surplus)} more than you need."
    if not kept:
        return f"{more} They do not carry over to your next cycle."
    if kept >= surplus:
        return f"{more} They carry over to your next cycle."
    return f"{more} {unit.format(kept)} of them carry over to your next cycle."
