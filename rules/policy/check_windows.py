"""Whether the windows of what only some policies state have days in which somebody can use them: none is
empty, and none lies after the last day to apply, or outside the days on which courses count.
"""

from collections.abc import Iterator
from datetime import date

from rules.days import Bounds, CyclePeriod
from rules.policy.families import Families
from rules.policy.model import PolicyVersion

Days = dict[str, date]
Problem = tuple[str, str]
KNOWN = frozenset("SEWL")  # the anchors whose days follow from the cycle


def family_days(version: PolicyVersion, period: CyclePeriod) -> Iterator[Problem]:
    """Yield (key, problem) for each day of the policy that comes after the last day to apply for
    the cycle `period`, and for each recurring fee without a due day in the cycle.
    """
    if not version.tiers:
        return
    spans = [tier.bounds.days_in(period) for tier in version.tiers]
    opens_on, last_on = min(first for first, _ in spans), max(last for _, last in spans)
    days = {"S": period.starts_on, "E": period.expires_on, "W": opens_on, "L": last_on}
    if last_on < period.starts_on:
        yield (
            "tiers",
            f"the last day to apply is {last_on}, before the first day of the cycle, {period.starts_on}",
        )
    yield from _windows_on(version, days)
    for due in version.families.dues:
        day = due.first.on(period)
        if not due.fixed_days and not period.starts_on <= day <= period.expires_on:
            yield f"dues[{due.code}].first", f"{day} is not in the cycle"


def _windows_on(version: PolicyVersion, days: Days) -> Iterator[Problem]:
    earning = _days_of(version.earning.bounds, days)
    last_on = days["L"]
    if earning[1] > last_on:
        yield "earning", f"courses count through {earning[1]}, after {last_on}, the last day to apply"
    for key, bounds in windows_of(version.families):
        yield from _problems_of(key, bounds, days, earning)


def windows_of(families: Families) -> Iterator[tuple[str, Bounds]]:
    """Yield each window of what only some policies state, with the key of its row."""
    yield from ((f"acts[{one.code}]", one.bounds) for one in families.acts)
    yield from ((f"cards[{one.code}]", one.span) for one in families.cards)
    yield from ((f"needs[{one.code}]", one.within) for one in families.needs if one.within)
    yield from ((f"limits[{one.code}]", one.within) for one in families.limits if one.within)
    yield from ((f"weights[{one.code}]", one.within) for one in families.weights if one.within)
    if families.carry_over and families.carry_over.earned:
        yield "carry_over", families.carry_over.earned


def _problems_of(key: str, bounds: Bounds, days: Days, earning: tuple[date, date]) -> Iterator[Problem]:
    """Yield the first problem of a window: that it is empty, too late, or that no course counts in it."""
    first_on, last_on = _days_of(bounds, days)
    anchors = {bounds.first.anchor, bounds.last.anchor}
    is_known = "D" not in anchors or len(anchors) == 1  # how far apart they are is known
    if is_known and first_on > last_on:
        yield key, f"no day is in it: it would begin on {first_on} and end on {last_on}"
    elif key.startswith("acts"):
        yield from _late_act(key, bounds, (first_on, last_on), days["L"])
    elif key.startswith(("needs", "cards")) and bounds.first.anchor in KNOWN and first_on > days["L"]:
        yield key, f"it begins on {first_on}, after {days['L']}, the last day to apply"
    elif not key.startswith("cards") and _begins_after_receipt(bounds):
        yield key, "it begins after the day of receipt, so nothing in it is known by then"
    elif key.startswith(("limits", "weights", "carry")):
        first_on, last_on = _widest(bounds, days)
        if first_on > earning[1] or last_on < earning[0]:
            yield key, f"no course counts from {first_on} through {last_on}"


def _begins_after_receipt(bounds: Bounds) -> bool:
    first = bounds.first
    return first.anchor == "R" and (first.count > 0 or (first.count == 0 and not bounds.includes_first))


def _late_act(key: str, bounds: Bounds, span: tuple[date, date], last_to_apply: date) -> Iterator[Problem]:
    """Yield a problem when something can be asked only, or still, after the last day to apply."""
    (first_on, last_on), said = span, f"after {last_to_apply}, the last day to apply"
    if bounds.last.anchor in KNOWN and last_on > last_to_apply:
        yield key, f"it is open through {last_on}, {said}"
    elif bounds.first.anchor in KNOWN and first_on > last_to_apply:
        yield key, f"it begins on {first_on}, {said}"


def _days_of(bounds: Bounds, days: Days) -> tuple[date, date]:
    """Return the first and the last day of a window. When one of its ends is counted from the day of
    receipt, that is the day to apply that leaves it the most days. When both are, or for the day of what
    an act is about, it is tried on the first day of the cycle.
    """
    both = bounds.first.anchor == bounds.last.anchor
    received = days["S"] if both else days["W"] if bounds.first.anchor == "R" else days["L"]
    return bounds.among(days | {"R": received, "D": days["S"]})


def _widest(bounds: Bounds, days: Days) -> tuple[date, date]:
    """Return the first and the last day that a window can have, whenever the application is received."""
    first, last = bounds.first, bounds.last
    starts = first.after(days["W"] if first.anchor == "R" else days[first.anchor])
    return bounds.between(starts, last.after(days["L"] if last.anchor == "R" else days[last.anchor]))
