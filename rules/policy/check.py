"""What makes a policy consistent: amounts that can be met, and windows without gap or overlap for any
expiration date.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from rules.answers import TOTAL, WINDOW
from rules.days import CyclePeriod, DateOutOfRange, add_days, add_months
from rules.policy.check_conditions import condition_problems
from rules.policy.check_cycles import cycle_problems, first_cycles
from rules.policy.check_families import family_problems
from rules.policy.check_texts import text_problems
from rules.policy.check_windows import family_days, windows_of
from rules.policy.model import Policy, PolicyVersion, Tier
from rules.policy.samples import fits_sample, samples_of
from rules.spans import without_shared

# Every day of both spans is tried as an expiration date: leap years, common years, and 2100 (no leap year).
TRIED_SPANS = ((date(2023, 1, 1), date(2030, 12, 31)), (date(2099, 1, 1), date(2101, 12, 31)))
# Of a month: every month has the days before it and the day after them, so days, months and years shift them all alike.
FIRST_UNLIKE_DAY = 28
OWN_DATES = {"opens_on", "expires_on", "completion_deadline", "last_day_to_apply", "next_cycle"}


def check_policy(policy: Policy, *, texts: bool = True) -> list[str]:
    """Return every contradiction, each with its key and, for windows, the days; without `texts`, those
    between the numbers of texts and their values are left out.
    """
    problems = list(_order(policy))
    for version in policy.versions:
        path = f"versions[{version.in_force_from}]"
        found = (
            *_amounts(policy, version),
            *_names(version),
            *family_problems(policy, version),
            *condition_problems(version),
            *cycle_problems(version),
            *(text_problems(policy, version) if texts else ()),
            *_windows(version),
        )
        problems.extend(f"{path}.{problem}" for problem in found)
    return problems


def _order(policy: Policy) -> Iterator[str]:
    for before, after in pairwise(policy.versions):
        if after.in_force_from <= before.in_force_from:
            yield f"versions[{after.in_force_from}].in_force_from: must be later than {before.in_force_from}, before it."


def _amounts(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    show = policy.unit.words
    for category in version.categories:
        if category.maximum is not None and category.minimum > category.maximum:
            yield (
                f"categories[{category.code}].minimum: {show(category.minimum)} is more than the maximum, "
                f"{show(category.maximum)}."
            )
    optional = {code for one in version.families.alternatives for code in one.codes}
    minima = sum(category.minimum for category in version.categories if category.code not in optional)
    if minima > version.total > 0:
        yield f"total: {show(version.total)} is less than the minima of the categories together, {show(minima)}."
    caps = [category.maximum for category in version.categories if category.maximum is not None]
    worth = sum(card.worth for card in version.families.cards)
    if len(caps) == len(version.categories) and sum(caps) + worth < version.total:
        yield f"total: {show(version.total)} can never be met; the categories count {show(sum(caps))} at most."


def _names(version: PolicyVersion) -> Iterator[str]:
    for category in version.categories:
        if category.code in (TOTAL, WINDOW):
            yield f"categories[{category.code}].code: this word has its own meaning in answers."
    tiers = [version.not_yet.code, *(tier.code for tier in version.tiers), version.no_longer.code]
    for code in {code for code in tiers if tiers.count(code) > 1}:
        yield f"tiers: the code {code} stands for more than one of not_yet, the tiers and no_longer."
    names = [tier.last_day_name for tier in version.tiers if tier.last_day_name]
    for name in {name for name in names if names.count(name) > 1 or name in OWN_DATES}:
        yield f"tiers: the last_day_name {name} is taken."


def _windows(version: PolicyVersion) -> Iterator[str]:
    """Yield each kind of problem once, with the first expiration date on which it occurs."""
    seen: set[str] = set()
    open_sets = _open_sets(version)
    for expires_on in _days_that_differ(version):
        for key, problem in _problems_on(version, expires_on, open_sets):
            if key not in seen:
                seen.add(key)
                yield f"{key}: {problem} (when the cycle ends on E = {expires_on})."
    for period in first_cycles(version):
        for key, problem in _first_windows(version, period, open_sets):
            if key not in seen:
                seen.add(key)
                yield f"{key}: {problem} (in a first cycle from {period.starts_on} through {period.expires_on})."


def _days_that_differ(version: PolicyVersion) -> Iterator[date]:
    """Yield the expiration dates that stand for all tried days: the first day of a month has the
    problems of every day until the 28th, unless an end of a window is the last day of a month, or goes
    by business days.
    """
    families = version.families
    bounds = [
        *(tier.bounds for tier in version.tiers),
        version.earning.bounds,
        *(bounds for _, bounds in windows_of(families)),
    ]
    offsets = [
        *(end for one in bounds for end in (one.first, one.last)),
        *(due.first for due in families.dues),
    ]
    offsets += [one.offset for rows in version.reminders.values() for one in rows]
    each_day = any(offset.is_uneven for offset in offsets)
    return (day for day in tried_days() if each_day or day.day == 1 or day.day >= FIRST_UNLIKE_DAY)


def _open_sets(version: PolicyVersion) -> list[tuple[Tier, ...]]:
    """Return the different sets of tiers between which people choose: one set for each kind of
    person whom the conditions distinguish. Without conditions there is one set, of all tiers.
    """
    conditions = [tier.terms.when for tier in version.tiers]
    found = (
        tuple(tier for tier in version.tiers if fits_sample(tier.terms.when, sample))
        for sample in samples_of(conditions)
    )
    return list(dict.fromkeys(found))


def _problems_on(
    version: PolicyVersion, expires_on: date, open_sets: list[tuple[Tier, ...]]
) -> Iterator[tuple[str, str]]:
    try:
        yield from _windows_on(version, _period(version, expires_on), open_sets)
        yield from family_days(version, _period(version, expires_on))
    except DateOutOfRange:
        yield "tiers", "a window leads out of the calendar"
        return
    try:
        yield from _calendars_on(version, expires_on)
    except DateOutOfRange:
        yield "reminders", "a reminder leads out of the calendar"


def _windows_on(
    version: PolicyVersion, period: CyclePeriod, open_sets: list[tuple[Tier, ...]]
) -> Iterator[tuple[str, str]]:
    spans = [(tier, *tier.bounds.days_in(period)) for tier in version.tiers]
    first_on, last_on = version.earning.bounds.days_in(period)
    if first_on > last_on:
        yield "earning", f"no day is in it: it would begin on {first_on} and end on {last_on}"
    for tier, first_on, last_on in spans:
        if first_on > last_on:
            yield f"tiers[{tier.code}]", f"no day is in it: it would begin on {first_on} and end on {last_on}"
    for tiers in open_sets:
        mine = [span for span in spans if span[0] in tiers]
        if any(tier.terms.when for tier in tiers):
            mine = without_shared(mine)
        for (before, _, ended_on), (after, begins_on, _) in pairwise(mine):
            yield from _between(before, ended_on, after, begins_on)


def _first_windows(
    version: PolicyVersion, period: CyclePeriod, open_sets: list[tuple[Tier, ...]]
) -> Iterator[tuple[str, str]]:
    """Yield a problem when somebody could not apply at all in a first cycle. It may be so short that one
    tier has no day; what stands between tiers is the same as in other cycles.
    """
    days = {tier: tier.bounds.days_in(period) for tier in version.tiers}
    for tiers in open_sets:
        if tiers and all(days[tier][0] > days[tier][1] for tier in tiers):
            yield "tiers", "none of them has a day on which somebody could apply"


def _calendars_on(version: PolicyVersion, expires_on: date) -> Iterator[tuple[str, str]]:
    """Yield reminders that are not in the order of their days.

    Of two on one day only one would be sent. The last days of each month are enough to find them, unless
    one goes by business days or the ends of months.
    """
    uneven = any(one.offset.is_uneven for rows in version.reminders.values() for one in rows)
    if (expires_on.day < FIRST_UNLIKE_DAY and not uneven) or not version.tiers:
        return
    period = _period(version, expires_on)
    first_on, last_on = (
        version.tiers[0].bounds.days_in(period)[0],
        version.tiers[-1].bounds.days_in(period)[1],
    )
    days = {
        "S": period.starts_on,
        "E": expires_on,
        "W": first_on,
        "L": last_on,
        "C": expires_on,
        "D": expires_on,
    }
    for name, reminders in version.reminders.items():
        for before, after in pairwise(reminders):
            if before.offset.anchor != after.offset.anchor:
                continue
            first, second = (one.offset.after(days[one.offset.anchor]) for one in (before, after))
            if second <= first:
                yield (
                    f"reminders.{name}[{after.code}]",
                    f"{second} is not later than {first}, the day of {before.code}",
                )


def _period(version: PolicyVersion, expires_on: date) -> CyclePeriod:
    return CyclePeriod(add_days(add_months(expires_on, -version.cycle_months), 1), expires_on)


def _between(before: Tier, ended_on: date, after: Tier, begins_on: date) -> Iterator[tuple[str, str]]:
    key = f"tiers[{after.code}]"
    next_day = ended_on + timedelta(days=1)
    if begins_on > next_day and not after.terms.after_gap:
        missing = f"{next_day} to {begins_on - timedelta(days=1)}"
        yield f"{key} gap", f"no window has the days from {missing}, between {before.code} and {after.code}"
    elif begins_on < next_day:
        yield (
            f"{key} overlap",
            f"{before.code} and {after.code} both have the days from {begins_on} to {ended_on}",
        )


def tried_days() -> Iterator[date]:
    """Yield every expiration date that `check_policy` tries."""
    for day, last_day in TRIED_SPANS:
        while day <= last_day:
            yield day
            day += timedelta(days=1)
