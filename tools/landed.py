"""A landed migration is never edited: `python -m tools.landed` compares the files with their list,
`--add` adds new ones.

Databases exist that ran it, and they would never run the edited one. The list is compared with the
list of earlier commits: otherwise an edited file would pass with its line edited as well.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from tools.environment import ROOT
from tools.trouble import print_line

LIST = "tests/migrations/landed.txt"
ADD = ".venv/bin/python -m tools.landed --add"
MAIN = ("main", "origin/main")


def migrations_in(root: Path) -> dict[str, str]:
    """Return path and hash of every migration of the tree."""
    found = (path for path in root.glob("*/migrations/*.py") if path.name != "__init__.py")
    ours = sorted(path for path in found if path.relative_to(root).parts[0] != "tests")  # which test them
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in ours}


def landed_in(root: Path) -> dict[str, str]:
    """Return path and hash of every migration of the list; none while there is no list."""
    file = root / LIST
    return _lines(file.read_text(encoding="utf-8") if file.exists() else "")


def landed_before(root: Path) -> set[tuple[str, str]]:
    """Return path and hash of every migration that the last two commits list, or the commit where this branch left main.

    None outside a repository.
    """
    bases = (_git(root, "merge-base", "HEAD", main).strip() for main in MAIN)
    commits = ("HEAD^", "HEAD", *bases)
    lists = (_lines(_git(root, "show", f"{commit}:./{LIST}")) for commit in commits if commit)
    return {line for listed in lists for line in listed.items()}


def find_complaints(root: Path) -> list[str]:
    """Return a sentence for each migration that differs from the list, is gone, or is not in it."""
    there, landed = migrations_in(root), landed_in(root)
    files = [
        _complaint(path, there, landed) for path in sorted(there | landed) if _differs(path, there, landed)
    ]
    before = sorted(landed_before(root) - landed.items())
    lines = (
        f"{LIST} has lost or changed its line of {path}. Put it back: {path} {digest}"
        for path, digest in before
    )
    return [*files, *lines]


def add_new(root: Path) -> list[str]:
    """Add the migrations that the list lacks, and return their paths. What is in the list stays as
    it is.
    """
    landed = landed_in(root)
    new = {path: digest for path, digest in migrations_in(root).items() if path not in landed}
    lines = (f"{path} {digest}\n" for path, digest in sorted((landed | new).items()))
    (root / LIST).write_text("".join(lines), encoding="utf-8")
    return sorted(new)


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Check the migrations, with `--add` after adding new ones; return 1 when something is wrong."""
    if arguments not in ([], ["--add"]):
        print_line("Usage: python -m tools.landed [--add]")
        return 2
    for path in add_new(root) if arguments else ():
        print_line(f"Added {path}.")
    complaints = find_complaints(root)
    for sentence in complaints:
        print_line(sentence)
    return 1 if complaints else 0


def _lines(text: str) -> dict[str, str]:
    return dict(line.split() for line in text.splitlines() if line)


def _git(root: Path, *arguments: str) -> str:
    """Return what git answers, "" where there is no such commit, file, repository or git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _differs(path: str, there: dict[str, str], landed: dict[str, str]) -> bool:
    return there.get(path) != landed.get(path)


def _complaint(path: str, there: dict[str, str], landed: dict[str, str]) -> str:
    if path not in landed:
        return f"{path} is not in {LIST}. Add it in the commit that adds it: {ADD}"
    done = "has been edited" if path in there else "is gone"
    return (
        f"{path} {done}. A landed migration is never edited: databases exist that ran it. "
        f"Put it back as it was and write a new one. Its line in {LIST} is never changed."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
