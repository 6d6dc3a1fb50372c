"""References of cases, such as R-7K2M9XQP: short, without letters that look alike."""

import re
import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
REFERENCE = re.compile(rf"\b([A-Z]-[{LETTERS}]{{{LENGTH}}})\b")


def new_reference(prefix: str) -> str:
    """Return a new random reference with `prefix`; the row's unique key refuses one that exists."""
    return f"{prefix}-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
