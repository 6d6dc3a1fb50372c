"""Load a policy from its dated file: it is read once, checked and frozen."""

from functools import cache, lru_cache
from pathlib import Path

from rules.policy.check import check_policy
from rules.policy.model import Policy
from rules.policy.parse import BASES, POLICIES, PolicyError, read_policy, searched

_FOLDER = Path(__file__).parent / "policies"
_folders: list[Path] = []  # searched before our own folder: the first folder with a file of this name is used
_checked: dict[tuple[str, bool], str] = {}  # what had no problem when it was last read
_later: list[Path] = []  # folders with files that have later versions than those of the other folders


def use_policies_in(folder: str | Path | None) -> None:
    """Let a file in `folder` replace the one of the same name that comes with the software; with
    None, only those that come with it are used.
    """
    _folders[:] = [Path(folder)] if folder else []
    searched[:] = [BASES, POLICIES, *_folders]
    _names_in.cache_clear()
    load_policy.cache_clear()


def add_later_versions(folder: Path | None) -> None:
    """Let a file in `folder` count in place of the file of the same name, to which it adds versions;
    with None, only the files themselves count.
    """
    _later[:] = [folder] if folder else []
    load_policy.cache_clear()


def policy_names() -> tuple[str, ...]:
    """Return the names of the policies that can be loaded."""
    return _names_in(tuple((folder, _changed_at(folder)) for folder in (*_folders, _FOLDER)))


def _changed_at(folder: Path) -> int:
    """Return when the folder last got or lost a file, in nanoseconds; 0 without the folder."""
    return folder.stat().st_mtime_ns if folder.is_dir() else 0


@lru_cache(maxsize=16)
def _names_in(folders: tuple[tuple[Path, int], ...]) -> tuple[str, ...]:
    """Return the names of the files in folders, each with when it last got or lost one."""
    return tuple(sorted({path.stem for folder, _ in folders for path in folder.glob("*.toml")}))


def policy_path(name: str) -> Path | None:
    """Return the file of a policy; None when there is none of this name."""
    if name not in policy_names():
        return None
    return next(path for folder in (*_folders, _FOLDER) if (path := folder / f"{name}.toml").is_file())


def path_with_later_versions(name: str) -> Path | None:
    """Return the file that counts: with the versions that were added to the policy's own file, if any."""
    later = (folder / f"{name}.toml" for folder in _later)
    return next((path for path in later if path.is_file()), None) or policy_path(name)


@cache
def load_policy(name: str = "nasm-cpt") -> Policy:
    """Return the policy of this name, read once. Raises PolicyError, also for a file whose name is
    not the policy's code.
    """
    path = path_with_later_versions(name)
    if path is None:
        raise PolicyError(name, [f"There is no policy of this name. There is: {', '.join(policy_names())}."])
    own = policy_path(name)
    policy = load_policy_file(path, own.parent if own else None, texts=path == own)
    if policy.code != name:
        raise PolicyError(str(path), [wrong_name_sentence(policy.code)])
    return policy


def wrong_name_sentence(code: str) -> str:
    """Return the sentence about a file whose name is not the policy's code."""
    return f"code is {code!r}, so the file must be called {code}.toml: credentials name their policy by both."


def load_policy_file(path: str | Path, home: Path | None = None, *, texts: bool = True) -> Policy:
    """Return the policy in a file; raises PolicyError, which names the file, every wrong key, and
    the days. `home` is the folder of the file of which this is a copy with more versions. Without
    `texts` it is not refused for the numbers in its texts, which the approval of a version asks about.
    """
    policy = read_policy(Path(path), home)
    stated = repr(policy)
    if _checked.get((policy.code, texts)) == stated:
        return policy
    problems = check_policy(policy, texts=texts)
    if problems:
        raise PolicyError(str(path), problems)
    _checked[policy.code, texts] = stated
    return policy
