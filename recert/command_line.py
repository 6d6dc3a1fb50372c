"""The command line: an error that an operator can correct becomes one sentence and exit status 1.

An error in our own code keeps its traceback.
"""

import sys

import django
from django.core import management
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, find_commands, get_commands
from django.db import DatabaseError, connection

from rules.policy.parse import PolicyError

# They work without a database, before it has its tables, or read the approved versions of the rules themselves.
WITHOUT_THEM = frozenset(
    (
        "assess",
        "backup",
        "backup_key",
        "payment_stand_in",
        "policy",
        "restore",
        "verify_backup",
        "verify_restore",
    )
)
NOT_MIGRATED = "The database has not been migrated: run manage.py migrate."


def run_command(arguments: list[str]) -> int:
    """Run a command of `manage.py` and return its exit status. Some commands exit by themselves."""
    try:
        _read_approved_versions(arguments[1:2])
        execute_from_command_line(arguments)
    except (ImproperlyConfigured, PolicyError) as error:
        return _end(str(error))
    except DatabaseError as error:
        obstacle = _obstacle(error)
        if not obstacle:
            raise
        return _end(obstacle)
    return 0


def _read_approved_versions(named: list[str]) -> None:
    """Let the versions of the rules that staff approved count for a command of ours. That a database
    does not answer, or has no tables, is for the command to say.
    """
    if not named or named[0] in find_commands(management.__path__[0]) or named[0] in WITHOUT_THEM:
        return
    django.setup()
    if get_commands().get(named[0], "django").startswith("django"):
        return
    from cases.policy_overlay import refresh_policies

    refresh_policies(quietly=True)


def _end(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - a command's last word
    return 1


def _obstacle(error: DatabaseError) -> str:
    """Return what an operator can do about a database error; empty when they can do nothing."""
    from recert.health import pending_migrations

    try:
        connection.close()  # in its transaction, PostgreSQL answers nothing more
        pending = pending_migrations()
    except DatabaseError as silent:
        return f"The database that DATABASE_URL names does not answer: {_first_line(silent)}"
    if pending:
        return NOT_MIGRATED
    if "locked" in str(error):
        return "Another program is writing into the database and did not finish. Try again."
    return ""


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
