"""Whether the families of a policy (what only some policies state) are consistent: requirements
that somebody can meet, fees that somebody pays, and prices that do not fall.
"""

from collections.abc import Iterator
from itertools import pairwise

from rules.answers import TOTAL, WINDOW
from rules.policy.check_amounts import amount_problems
from rules.policy.check_limits import limit_problems
from rules.policy.check_rows import row_problems
from rules.policy.model import Policy, PolicyVersion, Tier, codes_of_needs

EVERY_TIME = ("application", "credential")


def family_problems(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield each contradiction that does not depend on a day."""
    yield from limit_problems(policy, version)
    yield from _codes(version)
    yield from _ranks(policy, version)
    yield from _paths(version)
    yield from amount_problems(policy, version)
    yield from _shares(version)
    yield from _unpaid(version)
    yield from _falling(policy, version)
    yield from row_problems(policy, version)


def _codes(version: PolicyVersion) -> Iterator[str]:
    codes = codes_of_needs(version)
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1 or code in (TOTAL, WINDOW):
            yield f"needs: the code {code} stands for more than one requirement."


def _shares(version: PolicyVersion) -> Iterator[str]:
    """Yield each fee that is a share of one that does not stand before it: it would be a share of nothing."""
    codes = [fee.code for fee in version.fees]
    for number, fee in enumerate(version.fees):
        for code in fee.terms.of:
            if code in codes[number:]:
                yield f"fees[{fee.code}].of: {code} must stand before it in the file."


def _unpaid(version: PolicyVersion) -> Iterator[str]:
    """Yield each fee that no tier and no path adds, so that nobody would ever pay it."""
    paid = {fee.code for tier in version.tiers for fee in tier.fees}
    paid |= {code for path in version.families.paths for code in path.adds}
    for fee in version.fees:
        if fee.code not in paid:
            yield f"fees[{fee.code}]: no tier and no path adds it."


def _falling(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield each tier that costs less than the tier before, unless the file says that it is intended."""
    always = [tier for tier in version.tiers if tier.terms.when is None]
    for before, after in pairwise(always):
        if _price(after) < _price(before) and not after.terms.cheaper:
            yield (
                f"tiers[{after.code}]: it costs {policy.money(_price(after))}, less than "
                f"{policy.money(_price(before))} of {before.code} before it; "
                "write cheaper = true if that is meant."
            )


def _price(tier: Tier) -> int:
    return sum(
        -fee.amount_cents if fee.terms.takes_off else fee.amount_cents
        for fee in tier.fees
        if fee.terms.when is None and fee.terms.per in EVERY_TIME
    )


def _paths(version: PolicyVersion) -> Iterator[str]:
    """Yield a problem when the paths leave somebody without any: then no cycle could have dates."""
    paths = version.families.paths
    if paths and all(path.when or path.lifetime or path.uses is not None for path in paths):
        yield "paths: one that is not for life must be open to everybody, without when or uses_at_most."


def _ranks(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    several = version.families.several
    if several and several.ranks and policy.code not in several.ranks:
        yield f"several.ranks: {policy.code} itself is not among them."
