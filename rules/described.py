"""Which topics, formats and providers the rules of a policy name, so that the catalogue can tell them
about its courses.
"""

from collections.abc import Iterator
from functools import lru_cache

from rules.asking import conditions_of
from rules.policy.building_blocks import Condition, LimitedRecords
from rules.policy.model import Policy, PolicyVersion

TOPICS, FORMATS, PROVIDERS = NAMED = ("topics", "formats", "providers")
NEVER_AGAIN = "never"


@lru_cache(maxsize=512)
def named_codes(policy: Policy, kind: str) -> tuple[str, ...]:
    """Return the topics, formats or providers that any version of the policy names: first those of its
    lists, then those that only a rule names. None for a policy without such rules.
    """
    if not policy.wide:
        return ()
    listed = (one for version in policy.versions for one in getattr(version.families, kind))
    named = (one for version in policy.versions for over in _described(version) for one in _of(over, kind))
    asked: tuple[str, ...] = ()
    if kind == PROVIDERS:
        asked = tuple(one for version in policy.versions for one in _all_from(version))
    return tuple(dict.fromkeys((*listed, *named, *asked)))


def asks_what_was_taken_before(policy: Policy) -> bool:
    """Return whether a course that counted in an earlier cycle counts never again."""
    return policy.wide and any(
        version.families.repeats is not None and version.families.repeats.kind == NEVER_AGAIN
        for version in policy.versions
    )


def code_in_words(code: str) -> str:
    """Return a code of the policy as people read it: "hands_on" is "Hands on"."""
    return code.replace("_", " ").capitalize()


def _of(over: LimitedRecords, kind: str) -> tuple[str, ...]:
    codes: tuple[str, ...] = getattr(over, kind)
    return (*codes, *over.outside) if kind == PROVIDERS else codes


def _described(version: PolicyVersion) -> Iterator[LimitedRecords]:
    families = version.families
    yield from (one.over for one in families.limits)
    yield from (one.over for one in families.weights)
    yield from (one.without for one in families.acts)
    yield from (one.terms.over for one in version.fees)
    if families.repeats and families.repeats.apart:
        yield families.repeats.apart
    if families.carry_over:
        yield families.carry_over.over


def _all_from(version: PolicyVersion) -> Iterator[str]:
    for condition, _rules in conditions_of(version):
        yield from _providers_of(condition)


def _providers_of(condition: Condition | None) -> Iterator[str]:
    if condition is None:
        return
    for key, value in condition.tests:
        if key == "all_from" and isinstance(value, tuple):
            yield from value
    for one in (*condition.any_of, *filter(None, (condition.none_of,))):
        yield from _providers_of(one)
