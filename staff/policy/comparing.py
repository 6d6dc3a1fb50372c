"""Compare two versions of a policy, figure by figure, and count the people whom a coming version
affects.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rules.policy.check import check_policy, tried_days
from rules.policy.model import Figure, Policy, PolicyVersion
from trainers.models import Credential, Cycle

ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One figure in two versions; its value is empty in a version that does not state it."""

    label: str
    before: str
    after: str
    clause: str
    text: str
    in_source: bool

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking a policy file."""

    problems: tuple[str, ...]
    tried: int  # expiration dates


def compare_versions(before: PolicyVersion, after: PolicyVersion) -> list[ComparedFigure]:
    """Return every figure of either version, in the order of the newer one."""
    old, new = ({one.key: one for one in version.figures()} for version in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    return [_compared(old.get(key), new.get(key)) for key in keys]


def _compared(old: Figure | None, new: Figure | None) -> ComparedFigure:
    shown = new or old
    if shown is None:
        raise ValueError("a figure is stated by one of two versions")
    return ComparedFigure(
        shown.label,
        old.value if old else "",
        new.value if new else "",
        shown.clause,
        shown.text,
        shown.in_source,
    )


@lru_cache(maxsize=16)
def verdict_of(policy: Policy) -> Verdict:
    """Return the result of checking a policy. Each is checked once in a process."""
    return Verdict(tuple(check_policy(policy)), sum(1 for _ in tried_days()))


def people_touched(policy: Policy, version: PolicyVersion) -> int:
    """Return how many people can still apply on at least one day on which `version` is in force."""
    cycles = Cycle.objects.current().filter(
        credential__policy_code=policy.code,
        credential__state=Credential.State.IN_FORCE,
        last_day_to_apply__gte=version.in_force_from,
    )
    return int(cycles.count())


def as_if_always(policy: Policy, version: PolicyVersion) -> Policy:
    """Return the policy as if `version` had been in force on every day, to try facts under it."""
    return replace(policy, versions=(replace(version, in_force_from=ALWAYS),))
