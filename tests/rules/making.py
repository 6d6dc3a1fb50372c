"""Makes a policy from the few lines of a file in which a test is interested."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from rules.policy.load import load_policy_file
from rules.policy.model import Policy
from rules.policy.parse import PolicyError, read_policy

HEAD = 'format = 1\nbased_on = "ordinary"\ncode = "made"\ntitle = "Made"\n'
PLAIN = (
    'in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00" }]\n'
)


@cache
def made(version: str = "", head: str = "", plain: str = PLAIN) -> Policy:
    """Return the policy of a short file, checked: `version` states what differs from 20 credits at
    100 dollars.
    """
    return _from_file(load_policy_file, version, head, plain)


def problems_in(version: str, head: str = "", plain: str = PLAIN) -> list[str]:
    """Return the problems for which the file of `made` is refused; none when it is not."""
    try:
        made(version, head, plain)
    except PolicyError as error:
        return [one.removeprefix("versions[2000-01-01].") for one in error.problems]
    return []


def unchecked(version: str = "", head: str = "", plain: str = PLAIN) -> Policy:
    """Return the policy of `made` without checking that its figures agree with each other."""
    return _from_file(read_policy, version, head, plain)


def _from_file(load: Callable[[Path], Policy], version: str, head: str, plain: str) -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.toml"
        path.write_text(f"{HEAD}{head}\n[[versions]]\n{plain}{version}", "utf-8")
        return load(path)


def without_keys(problem: str) -> str:
    """Return a problem without the keys that the table may have; those are tested by themselves."""
    return problem.partition(" Its keys are ")[0]
