"""What we call a case when we speak of it: short, and nothing in it looks like something else."""

import re
import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
REFERENCE = re.compile(rf"\b([A-Z]-[{LETTERS}]{{{LENGTH}}})\b")


def new_reference(prefix: str) -> str:
    """A new one, like R-7K2M9XQP; the row's unique key holds that it is."""
    return f"{prefix}-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
