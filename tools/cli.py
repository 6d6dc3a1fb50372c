"""The sub-commands of `./portal` and their options."""

import argparse
import os
import re
import sys
from datetime import date

from tools import environment, lint, suite, up
from tools.trouble import Trouble, print_line

LAST_PORT = 65534  # the port after it belongs to the payment stand-in


def main(arguments: list[str]) -> int:
    """Run one sub-command and return its exit status; an obstacle becomes one sentence on stderr."""
    try:
        return _dispatch(arguments)
    except Trouble as trouble:
        print(f"portal: {trouble}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print_line("\nStopped.")
        return 130


def _dispatch(arguments: list[str]) -> int:
    # What follows these belongs to another program, options included.
    passed_on = {"test": suite.run_suite, "manage": _manage, "bench": _bench, "policy": _policy}
    if arguments and arguments[0] in passed_on:
        return passed_on[arguments[0]](arguments[1:])
    options = _parser().parse_args(arguments)
    if options.command == "up":
        return up.run_portal(port=options.port, fresh=options.fresh, today=options.today or "")
    return {"lint": lint.run_checks, "lock": lint.write_requirements}[options.command]()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./portal", description="Runs and tests the recertification portal."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up_parser = commands.add_parser("up", help="run the portal with its demo; Ctrl-C stops it")
    up_parser.add_argument("--port", type=_port, default=8000, metavar="N", help="use ports N and N+1 (8000)")
    up_parser.add_argument("--fresh", action="store_true", help="start over: remove the demo's data first")
    up_parser.add_argument(
        "--today", type=_day, metavar="DATE", help="show the portal as on that day, like 2027-03-15"
    )
    commands.add_parser("test", help="run the tests: [--all] [pytest's own arguments]")
    commands.add_parser("lint", help="check style, types, layers, migrations (landed ones too) and templates")
    commands.add_parser("bench", help="measure speed: [name of a benchmark]")
    commands.add_parser("lock", help="write requirements/*.txt from pyproject.toml")
    commands.add_parser("policy", help="work on a policy file: new, check, show, diff, impact")
    commands.add_parser("manage", help="run a command of manage.py in the portal's environment")
    return parser


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= LAST_PORT:
        raise Trouble(f"“{text}” is not a port. Use a number from 1 to {LAST_PORT}.")
    return int(text)


def _day(text: str) -> str:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Trouble(f"“{text}” is not a date. Write it like 2027-03-15.") from None


def _manage(arguments: list[str]) -> int:
    python = environment.ensure_environment("base")
    os.execv(python, [str(python), str(environment.ROOT / "manage.py"), *arguments])


def _policy(arguments: list[str]) -> int:
    return _manage(["policy", *arguments])


def _bench(arguments: list[str]) -> int:
    python = environment.ensure_environment("dev")
    os.chdir(environment.ROOT)
    os.execv(python, [str(python), "-m", "tests.bench", *arguments])
