"""Load a policy from its dated file: it is read once, checked and frozen."""

from functools import cache
from pathlib import Path

from rules.policy.check import check_policy
from rules.policy.model import Policy
from rules.policy.parse import PolicyError, read_policy

_FOLDER = Path(__file__).parent / "policies"


def policy_names() -> tuple[str, ...]:
    """Return the names of the policies that come with the software."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load_policy(name: str = "nasm-cpt") -> Policy:
    """Return the policy of this name, read once; raises PolicyError."""
    if name not in policy_names():
        raise PolicyError(name, [f"There is no policy of this name. There is: {', '.join(policy_names())}."])
    return load_policy_file(_FOLDER / f"{name}.toml")


def load_policy_file(path: str | Path) -> Policy:
    """Return the policy in a file; raises PolicyError, which names the file, every wrong key, and
    the days.
    """
    policy = read_policy(Path(path))
    problems = check_policy(policy)
    if problems:
        raise PolicyError(str(path), problems)
    return policy
