"""The status that a way to renew gives through the cycle that it opens, such as inactive: in place of active."""

from datetime import date
from functools import lru_cache

from rules.answers import Explanation
from rules.days import through_words
from rules.policy.families import Path
from rules.policy.model import Policy


def path_giving_status(policy: Policy, starts_on: date, renewed_by: str | None) -> Path | None:
    """Return the path that gives the cycle which begins on `starts_on` a status of its own; None when its
    holder is active. `renewed_by` is the code of the path by which it was renewed.

    The version in force on that day says what the code means. Where it no longer has the path, the last
    version before that had it does; where it does not have it yet, the first one after: what a renewal
    gave stays through its cycle, although the codes change.
    """
    if not renewed_by:
        return None
    begun = [one for one in policy.versions if one.in_force_from <= starts_on]
    for version in (*reversed(begun), *policy.versions[len(begun) :]):
        for path in version.families.paths:
            if path.code == renewed_by:
                return path if path.status else None
    return None


@lru_cache(maxsize=512)
def path_codes(policy: Policy) -> tuple[str, ...]:
    """Return the codes of the paths of every version of the policy, sorted."""
    return tuple(sorted({path.code for one in policy.versions for path in one.families.paths}))


@lru_cache(maxsize=512)
def may_give_status(policy: Policy) -> bool:
    """Return whether a way to renew under this policy gives a status of its own."""
    return any(path.status for one in policy.versions for path in one.families.paths)


def status_words(status: str) -> str:
    """Return a status as people read it, such as "on leave"."""
    return status.replace("_", " ")


def given_status_reason(path: Path, status: str, expires_on: date) -> Explanation:
    """Return why a certification has the status that `path` gave it, through `expires_on`."""
    said = f"Your certification is {status_words(status)} {through_words(expires_on)}. {path.rule.text}"
    return Explanation(path.rule.clause, said)
