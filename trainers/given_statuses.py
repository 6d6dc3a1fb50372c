"""Which cycles have a status in place of active, such as inactive, by the way of the renewal that opened them."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import zip_longest

from django.db.models import Exists, OuterRef, Q

from core.policy_words import fitting_policies
from rules.given_status import may_give_status, path_codes, path_giving_status
from rules.policy.families import Path
from rules.policy.model import Policy
from trainers.models import Cycle


def statuses_are_given() -> bool:
    """Return whether a policy of the portal gives a status in place of active."""
    return any(map(may_give_status, fitting_policies()))


def cycle_has_status() -> Q:
    """Return the condition that a cycle has a status in place of active; of no cycle where no policy of the
    portal gives one.
    """
    found = Q(pk__in=())
    for policy in fitting_policies():
        if may_give_status(policy):
            named = Q(policy_code=policy.code) | Q(policy_code="", credential__policy_code=policy.code)
            found |= named & _gives_status(policy)
    return found


def ever_had_status() -> Q:
    """Return the condition that a cycle of the same credential has, had or will have such a status: of these
    alone the dates do not say whether the holder is certified today.
    """
    if not statuses_are_given():
        return Q(pk__in=())
    return Q(Exists(Cycle.objects.filter(cycle_has_status(), credential=OuterRef("credential"))))


def earlier_cycles(cycles: Collection[Cycle]) -> dict[int, list[Cycle]]:
    """Return every cycle of the credential of each of these, by the cycle's primary key and in order, because
    one of them may have a status that the latest one has not. One query; none where there are no `cycles` or
    no policy of the portal gives a status.
    """
    if not cycles or not statuses_are_given():
        return {}
    owners = {one.credential_id: one for one in cycles}
    found: dict[int, list[Cycle]] = {one.pk: [] for one in cycles}
    for row in Cycle.objects.filter(credential__in=owners).order_by("starts_on"):
        latest = owners[row.credential_id]
        row.credential = latest.credential
        found[latest.pk].append(row)
    return found


def stretch_on(day: date, cycles: Sequence[Cycle]) -> tuple[Path | None, Cycle]:
    """Return (the way that gives the status on `day`, or None for active; the last cycle through which it
    stays so). `cycles` are one credential's, in order; before the first the day is taken to lie in it.
    """
    begun = max(sum(one.starts_on <= day for one in cycles), 1)
    running, last = cycles[begun - 1], cycles[begun - 1]
    path = running.status_path
    for one in cycles[begun:]:
        later = one.status_path
        if (later.status if later else None) != (path.status if path else None):
            break
        last = one
    return path, last


def _gives_status(policy: Policy) -> Q:
    """Return the condition on the way and the first day of a cycle under this policy."""
    found = Q(pk__in=())
    for version, following in zip_longest(policy.versions, policy.versions[1:]):
        codes = [one for one in path_codes(policy) if path_giving_status(policy, version.in_force_from, one)]
        days = Q() if version is policy.versions[0] else Q(starts_on__gte=version.in_force_from)
        if following:
            days &= Q(starts_on__lt=following.in_force_from)
        found |= Q(renewed_by__in=codes) & days
    return found
