"""Refuse passwords that many people use: those of Django's list, and of a larger file by setting."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
TOO_COMMON = "Many people use this password, so it is guessed first. Three or four words make a good one."


class CommonPassword(CommonPasswordValidator):
    """Refuse a common password, also with digits or signs around it, or written twice.

    Guessing programs try "football2024!" and "footballfootball" right after "football". A file
    given as `path` (one password a line, lower case, gzip or plain) is asked beside Django's list.
    """

    def __init__(self, path: str = "") -> None:
        super().__init__()
        if path:
            self.passwords = self.passwords | CommonPasswordValidator(path).passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password whose core is in a list."""
        if any(core in self.passwords for core in _cores(password.lower().strip())):
            raise ValidationError(TOO_COMMON, code="password_too_common")

    def get_help_text(self) -> str:
        return "Not one that many people use."


def _cores(password: str) -> Iterator[str]:
    yield password
    yield ENDS.sub("", password)
    half, odd = divmod(len(password), 2)
    if not odd and password[:half] == password[half:]:
        yield password[:half]
