"""Load a policy from its dated file: it is read once, checked and frozen."""

from functools import cache
from pathlib import Path

from rules.policy.check import check_policy
from rules.policy.model import Policy
from rules.policy.parse import PolicyError, read_policy

_FOLDER = Path(__file__).parent / "policies"
_folders: list[Path] = []  # searched before our own folder: the first folder with a file of this name is used


def use_policies_in(folder: str | Path | None) -> None:
    """Let a file in `folder` replace the one of the same name that comes with the software; with
    None, only those that come with it are used.
    """
    _folders[:] = [Path(folder)] if folder else []
    load_policy.cache_clear()


def policy_names() -> tuple[str, ...]:
    """Return the names of the policies that can be loaded."""
    return tuple(sorted({path.stem for folder in (*_folders, _FOLDER) for path in folder.glob("*.toml")}))


def policy_path(name: str) -> Path | None:
    """Return the file of a policy; None when there is none of this name."""
    if name not in policy_names():
        return None
    return next(path for folder in (*_folders, _FOLDER) if (path := folder / f"{name}.toml").is_file())


@cache
def load_policy(name: str = "nasm-cpt") -> Policy:
    """Return the policy of this name, read once. Raises PolicyError, also for a file whose name is
    not the policy's code.
    """
    path = policy_path(name)
    if path is None:
        raise PolicyError(name, [f"There is no policy of this name. There is: {', '.join(policy_names())}."])
    policy = load_policy_file(path)
    if policy.code != name:
        raise PolicyError(str(path), [wrong_name_sentence(policy.code)])
    return policy


def wrong_name_sentence(code: str) -> str:
    """Return the sentence about a file whose name is not the policy's code."""
    return f"code is {code!r}, so the file must be called {code}.toml: credentials name their policy by both."


def load_policy_file(path: str | Path) -> Policy:
    """Return the policy in a file; raises PolicyError, which names the file, every wrong key, and
    the days.
    """
    policy = read_policy(Path(path))
    problems = check_policy(policy)
    if problems:
        raise PolicyError(str(path), problems)
    return policy
