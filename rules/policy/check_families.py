"""Whether the families of a policy (what only some policies state) are consistent: requirements
that somebody can meet, fees that somebody pays, and prices that do not fall.
"""

from collections.abc import Iterator
from itertools import pairwise

from rules.answers import TOTAL, WINDOW
from rules.policy.check_amounts import amount_problems
from rules.policy.check_limits import limit_problems
from rules.policy.check_rows import ALL_OF_IT, row_problems
from rules.policy.model import Fee, Policy, PolicyVersion, Tier, codes_of_needs
from rules.policy.read_conditions import ABOUT_COUNTS
from rules.policy.samples import Question, Sample, fits_sample, samples_of

TIER = "tier"
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
        if after.terms.cheaper:
            continue
        for sample in _kinds_of_payers((*before.fees, *after.fees)):
            less, more = _price(after, sample), _price(before, sample)
            if less < more:
                yield (
                    f"tiers[{after.code}]: it costs {policy.money(less)}, less than "
                    f"{policy.money(more)} of {before.code} before it; "
                    "write cheaper = true if that is meant."
                )
                break


def _kinds_of_payers(fees: tuple[Fee, ...]) -> Iterator[Sample]:
    """Yield every kind of person whom the conditions on the amounts of fees tell apart, at first those of
    whom none holds. What depends on the records or on what is missing is taken as not so.
    """
    whens = [one.when for fee in fees for one in fee.terms.instead]
    kinds = [
        sample
        for sample in samples_of(whens)
        if not any(found and _asked_about(key) in ABOUT_COUNTS for key, found in sample.items())
    ]
    usual = [sample for sample in kinds if not any(fits_sample(when, sample) for when in whens)]
    yield from (*usual, *kinds)


def _price(tier: Tier, sample: Sample) -> int:
    """Return what everybody of a kind pays in a tier for sure: fees with a condition, and those that are
    multiplied, are left out.
    """
    asked = {key: key == (TIER, tier.code) for key in sample if _asked_about(key) == TIER}
    lines: dict[str, int] = {}
    for fee in tier.fees:
        if fee.terms.when is None and fee.terms.per in EVERY_TIME:
            lines[fee.code] = _line(fee, {**sample, **asked}, lines)
    return sum(lines.values())


def _asked_about(question: Question) -> str:
    return question if isinstance(question, str) else question[0]


def _line(fee: Fee, sample: Sample, before: dict[str, int]) -> int:
    other = next((one.cents for one in fee.terms.instead if fits_sample(one.when, sample)), None)
    cents = fee.amount_cents if other is None else other
    if other is None and fee.terms.percent is not None:
        base = sum(cents for code, cents in before.items() if not fee.terms.of or code in fee.terms.of)
        cents = base * fee.terms.percent // ALL_OF_IT
    return -cents if fee.terms.takes_off else cents


def _paths(version: PolicyVersion) -> Iterator[str]:
    """Yield a problem when the paths leave somebody without any: then no cycle could have dates."""
    paths = version.families.paths
    if paths and all(path.when or path.lifetime or path.uses is not None for path in paths):
        yield "paths: one that is not for life must be open to everybody, without when or uses_at_most."


def _ranks(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    several = version.families.several
    if several and several.ranks and policy.code not in several.ranks:
        yield f"several.ranks: {policy.code} itself is not among them."
