"""`./portal lint` and `./portal lock`: checks that need no running portal, and the pinned
requirements.
"""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tools import environment
from tools.trouble import Trouble, print_line

CHECKS: dict[str, list[str]] = {
    "style": ["-m", "ruff", "check", "--output-format=concise"],
    "format": ["-m", "ruff", "format", "--check", "--output-format=concise"],
    "types": ["-m", "mypy"],
    "layers": [
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-logo",
    ],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "landed": ["-m", "tools.landed"],
    "templates": ["-m", "djlint", "--lint", "--quiet", "templates"],
}
FORMS = {"base": [], "full": ["--extra", "full"], "dev": ["--extra", "dev"]}


def run_checks() -> int:
    """Run every check, as many at once as there are processors, print whether it passed, and the
    output of those that failed. Return 1 when any failed.
    """
    python = str(environment.ensure_environment("dev"))
    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = pool.map(lambda command: _outcome(python, command), CHECKS.values())
        for name, done in zip(CHECKS, runs, strict=True):
            print_line(f"{name:<12}{'failed' if done.returncode else 'ok'}")
            if done.returncode:
                print_line(done.stdout.rstrip())
                failed.append(name)
    print_line(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def _outcome(python: str, command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [python, *command], cwd=environment.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def write_requirements() -> int:
    """Write requirements/*.txt: every version pinned and hashed, for any platform, without an index
    address.
    """
    python = str(environment.ensure_environment("dev"))
    smaller: list[str] = []  # the same versions run in production, with every extra, and under the tests
    for name, extra in FORMS.items():
        target = f"requirements/{name}.txt"
        command = [python, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
        command += [
            "--no-emit-index-url",
            "--no-header",
            "--annotation-style=line",
            "--python-version",
            "3.11",
            *extra,
            *smaller,
        ]
        done = subprocess.run(
            [*command, "pyproject.toml", "-o", target], cwd=environment.ROOT, env=dict(os.environ)
        )
        if done.returncode:
            raise Trouble(f"{target} was not written.")
        print_line(f"Wrote {target}.")
        smaller = ["--constraint", target]
    return 0
