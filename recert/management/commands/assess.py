"""Answer questions about standing: one JSON object on each line of input, one on each line of
output. No database is used.
"""

import json
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rules.policy.load import load_policy, load_policy_file
from rules.policy.model import Policy
from rules.policy.parse import PolicyError
from rules.question import answer_line

DEFAULT_POLICY = "nasm-cpt"
BROKEN_POLICY = 2


class Command(BaseCommand):
    help = "Reads one question a line (JSON) from standard input, writes one answer a line; exit status 1: a line was bad."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument(
            "--policy", default=DEFAULT_POLICY, help="the name of a policy that comes with the portal"
        )
        chosen.add_argument("--policy-file", metavar="FILE", help="a policy file (docs/policy-format.md)")

    def handle(self, *args: object, **options: Any) -> None:
        policy = _policy(options["policy"], options["policy_file"])
        try:
            lines, bad = self._answer_all(policy)
        except BrokenPipeError:
            _leave_quietly()
        if bad:
            raise CommandError(f"{bad} of {lines} lines could not be answered.", returncode=1)

    def _answer_all(self, policy: Policy) -> tuple[int, int]:
        """Answer every line; return how many there were and how many were bad.

        Bytes are read, so that a line that is not text affects only itself.
        """
        lines = bad = 0
        for lines, line in enumerate(sys.stdin.buffer, start=1):  # noqa: B007 - the last one is how many
            answer = answer_line(line, policy)
            bad += "error" in answer
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()  # a program that asks line by line gets its answer at once
        return lines, bad


def _policy(name: str, file: str | None) -> Policy:
    try:
        return load_policy_file(file) if file is not None else load_policy(name)
    except PolicyError as error:
        raise CommandError(str(error), returncode=BROKEN_POLICY) from None


def _leave_quietly() -> None:
    """End without an error: the reader of the answers has gone (`| head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(1)
