"""The labels of a renewal's prices."""

from django.conf import settings

from rules.policy.load import load_policy


def price_labels() -> dict[int, str]:
    """Return the label of each price, by its cents, over all versions of the policy, the newest
    last.
    """
    policy = load_policy(settings.PORTAL_POLICY)
    return {
        sum(fee.amount_cents for fee in tier.fees): tier.label
        for version in policy.versions
        for tier in version.tiers
    }
