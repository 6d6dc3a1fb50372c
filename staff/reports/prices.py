"""The prices of a renewal, and their labels."""

from collections.abc import Iterable, Iterator
from datetime import date

from core.policy_words import fitting_policies, portal_policy
from rules.policy.model import Policy, PolicyVersion


def price_labels() -> dict[int, str]:
    """Return the label of each price, by its cents, over all versions of the portal's policies: of two
    with one price the portal's own, and of its versions the newest.
    """
    own = portal_policy()
    policies = sorted(fitting_policies(), key=lambda one: one.code == own.code)
    return _labels(version for policy in policies for version in policy.versions)


def prices_between(first: date, last: date) -> set[int]:
    """Return the prices, in cents, of the versions in force on some day from `first` through
    `last`.
    """
    return set(
        _labels(
            version
            for policy in fitting_policies()
            for version, end in _versions_with_ends(policy)
            if version.in_force_from <= last and first < end
        )
    )


def _versions_with_ends(policy: Policy) -> Iterator[tuple[PolicyVersion, date]]:
    """Yield each version and the first day on which it is not in force any more."""
    ends = [*(one.in_force_from for one in policy.versions[1:]), date.max]
    return zip(policy.versions, ends, strict=True)


def _labels(versions: Iterable[PolicyVersion]) -> dict[int, str]:
    return {
        sum(fee.amount_cents for fee in tier.fees): tier.label
        for version in versions
        for tier in version.tiers
    }
