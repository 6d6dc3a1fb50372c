"""The ways to renew that a policy states: what each needs, what it costs, and which one is chosen."""

from dataclasses import dataclass, replace

from renewals.pages.snapshot import Snapshot
from rules.given_status import status_words
from rules.policy.families import Path
from rules.standing import assess
from rules.wide import open_paths


@dataclass(frozen=True, slots=True)
class Way:
    """One way as a page shows it. `missing` are sentences; `settled` is true when a renewal is under
    way, so that nothing can be chosen any more. `status` is what it makes of the certification in place of
    certified, such as "inactive"; "" of others.
    """

    code: str
    label: str
    why: str
    price: str
    missing: tuple[str, ...]
    is_chosen: bool
    for_life: bool
    status: str
    settled: bool


def ways_of(snapshot: Snapshot) -> tuple[Way, ...]:
    """Return the ways that are open to the trainer, in the order of the policy; none without any."""
    used = snapshot.standing.more.path if snapshot.standing.more else None
    paths = open_paths(snapshot.facts, snapshot.today, snapshot.policy)
    return tuple(_way(snapshot, path, used) for path in paths)


def chosen_way(snapshot: Snapshot) -> Way | None:
    """Return the way that counts now; None when there is nothing to choose."""
    ways = ways_of(snapshot)
    return next((one for one in ways if one.is_chosen), None) if len(ways) > 1 else None


def _way(snapshot: Snapshot, path: Path, used: str | None) -> Way:
    more = replace(snapshot.facts.more, path=path.code)
    standing = assess(replace(snapshot.facts, more=more), snapshot.today, snapshot.policy)
    fees, given = standing.fees, standing.more.next_status if standing.more else None
    return Way(
        code=path.code,
        label=path.label,
        why=path.rule.text,
        price=snapshot.money(fees.total_cents) if fees else "",
        missing=tuple(one.text for one in standing.requirements if not one.met),
        is_chosen=path.code == used,
        for_life=path.lifetime,
        status=status_words(given) if given else "",
        settled=snapshot.in_hand is not None,
    )
