"""The files of the project, for tests that look at all of them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def our_python() -> list[Path]:
    return [path for path in (*tracked("*.py"), ROOT / "portal") if "migrations" not in path.parts]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))
