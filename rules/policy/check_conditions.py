"""Whether conditions leave somebody whom a row is for: a need that its own condition excludes, a fee of
which nobody is asked, an amount that the rows before it always replace.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from rules.policy.building_blocks import Condition, FactTest
from rules.policy.families import Need, Path
from rules.policy.model import Fee, PolicyVersion
from rules.policy.samples import Sample, fits_sample, known_samples

Some = Condition | None
ANYBODY = ""  # of no path, in no tier that conditions name


def condition_problems(version: PolicyVersion) -> Iterator[str]:
    """Yield each row that is for nobody because of two conditions, or of a condition and what is needed."""
    for need in version.families.needs:
        if need.when and not _somebody([need.when, _as_condition(need)]):
            yield f"needs[{need.code}]: nobody whom its when fits can meet it."
    for fee in version.fees:
        yield from _fee(version, fee)
    whens = [one.when for one in version.families.totals]
    for number in _never_first([None], whens):
        yield f"total.instead[{number}]: the rows before it fit everybody whom it fits."


def _fee(version: PolicyVersion, fee: Fee) -> Iterator[str]:
    """Yield a problem of a fee that somebody adds, and that is for nobody there."""
    places = list(_places_of(version, fee))
    when = fee.terms.when
    if when and places and not any(_somebody([when, *whens], *place) for place, whens in places):
        yield f"fees[{fee.code}].when: nobody whom it fits is in a tier or on a path that adds the fee."
    for number in _never_first([when], [one.when for one in fee.terms.instead]):
        yield f"fees[{fee.code}].instead[{number}]: nobody pays it; the rows before it, or the fee's when, exclude all."


def _places_of(version: PolicyVersion, fee: Fee) -> Iterator[tuple[tuple[str, str], list[Some]]]:
    """Yield (tier, path) of each place in which a fee is asked for, with the conditions of both."""
    paths: Sequence[Path | None] = version.families.paths or [None]
    for tier, path in product(version.tiers, paths):
        if path and path.tiers and tier.code not in path.tiers:
            continue
        if path and fee.code in path.in_place_of:
            continue
        if fee in tier.fees or (path and fee.code in path.adds):
            place = (tier.code, path.code if path else ANYBODY)
            yield place, [tier.terms.when, path.when if path else None]


def _as_condition(need: Need) -> Condition:
    """Return what a need asks for as a condition; a window of days is left out."""
    if need.at_least is not None:
        return Condition(facts=(FactTest(need.fact, first=need.at_least),))
    if need.within is not None:
        return Condition()
    return Condition(facts=(FactTest(need.fact, among=need.among or (True,)),))


def _somebody(conditions: Sequence[Some], tier: str | None = None, path: str | None = None) -> bool:
    """Return whether all conditions fit somebody, in this tier and on this path when they are given."""
    samples = known_samples(conditions)
    if samples is None:
        return True
    return any(
        _is_there(one, "tier", tier) and _is_there(one, "path", path)
        for one in samples
        if all(fits_sample(condition, one) for condition in conditions)
    )


def _is_there(sample: Sample, kind: str, code: str | None) -> bool:
    """Return whether a kind of person is in one tier, or on one path: this one and no other."""
    told = {key[1]: found for key, found in sample.items() if isinstance(key, tuple) and key[0] == kind}
    return code is None or all(found == (one == code) for one, found in told.items())


def _never_first(outer: list[Some], whens: list[Condition]) -> Iterator[int]:
    """Yield the number, from 1, of each condition that is never the first that fits."""
    for number, when in enumerate(whens, start=1):
        samples = known_samples([*outer, *whens[:number]])
        if samples is not None and not any(
            all(fits_sample(one, sample) for one in [*outer, when])
            and not any(fits_sample(one, sample) for one in whens[: number - 1])
            for sample in samples
        ):
            yield number
