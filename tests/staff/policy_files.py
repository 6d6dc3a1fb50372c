"""The command that works on policy files."""

from io import StringIO

from django.core.management import call_command


def bench(*arguments: str) -> str:
    """What `./portal policy` prints."""
    out = StringIO()
    call_command("policy", *arguments, stdout=out)
    return out.getvalue()
