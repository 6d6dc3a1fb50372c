"""The `.venv`: made once, filled from the hashed requirements, and unchanged while they are."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.trouble import Trouble, print_line, timed_step

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "portal-installed.json"
REQUIREMENTS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("base", "dev")}


def ensure_environment(name: str) -> Path:
    """Make sure `.venv` holds `requirements/<name>.txt` and return its Python. "dev" contains
    "base".
    """
    with _one_installer_at_a_time():
        installed = _read_stamp()
        if installed.get(name) != _digest(name):
            _make()
            _install(name)
            names = REQUIREMENTS if name == "dev" else [name]
            STAMP.write_text(json.dumps({n: _digest(n) for n in names}))
    return PYTHON


@contextmanager
def _one_installer_at_a_time() -> Iterator[None]:
    with REQUIREMENTS["base"].open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _read_stamp() -> dict[str, str]:
    """Return the digest of what is installed; empty when `.venv` is missing, broken or was moved."""
    if not _works():
        return {}
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _works() -> bool:
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0


def _digest(name: str) -> str:
    return hashlib.sha256(REQUIREMENTS[name].read_bytes()).hexdigest()


def _make() -> None:
    if _works():
        return
    with timed_step(f"Making {VENV.name} with Python {'.'.join(map(str, sys.version_info[:3]))}"):
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Trouble(
                "Python could not make a virtual environment. On Debian and Ubuntu, install python3-venv.\n"
                + _tail(made.stdout + made.stderr)
            )


def _install(name: str) -> None:
    path = REQUIREMENTS[name]
    wanted = len(re.findall(r"^\S+==", path.read_text(), re.MULTILINE))
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-input",
        "--progress-bar=off",
        "-r",
        path,
    ]
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1"}
    with (
        timed_step(f"Installing {wanted} packages with checked hashes, once"),
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
        ) as pip,
    ):
        printed = _follow(pip, wanted)
    if pip.returncode:
        raise Trouble(f"pip could not install requirements/{name}.txt. Its last words:\n{_tail(printed)}")


def _follow(pip: "subprocess.Popen[str]", wanted: int) -> str:
    """Print pip's progress, a line for every tenth package, and return all of its output."""
    lines = []
    seen = 0
    try:
        for line in pip.stdout or ():
            lines.append(line)
            if line.startswith("Collecting "):
                seen += 1
                if seen % 10 == 0:
                    print_line(f"  {seen} of {wanted} found")
            elif line.startswith("Installing collected"):
                print_line("  unpacking")
        pip.wait()
    except BaseException:
        pip.terminate()
        raise
    return "".join(lines)


def _tail(text: str, lines: int = 12) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])
