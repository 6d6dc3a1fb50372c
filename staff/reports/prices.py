"""The prices of a renewal, and their labels."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from rules.policy.load import load_policy
from rules.policy.model import PolicyVersion


def price_labels() -> dict[int, str]:
    """Return the label of each price, by its cents, over all versions of the policy, the newest
    last.
    """
    return _labels(load_policy(settings.PORTAL_POLICY).versions)


def prices_between(first: date, last: date) -> set[int]:
    """Return the prices, in cents, of the versions in force on some day from `first` through
    `last`.
    """
    versions = load_policy(settings.PORTAL_POLICY).versions
    ends = [*(one.in_force_from for one in versions[1:]), date.max]
    return set(
        _labels(
            version
            for version, end in zip(versions, ends, strict=True)
            if version.in_force_from <= last and first < end
        )
    )


def _labels(versions: Iterable[PolicyVersion]) -> dict[int, str]:
    return {
        sum(fee.amount_cents for fee in tier.fees): tier.label
        for version in versions
        for tier in version.tiers
    }
