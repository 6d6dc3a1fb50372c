"""Refuse passwords that many people use: those in Django's list and in a larger file that a setting
names, and words from the name of the certifying body.
"""

import re
from collections.abc import Iterator

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from core.organisation import current_organisation

NO_LETTER = re.compile(r"[\W_]+")
LONG = 4  # letters of a word that is worth a guess
ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
OUR_WORDS = {
    "recertification",
    "recertified",
    "certification",
    "certified",
    "personaltrainer",
    "trainer",
    "portal",
}
OF_THE_ORGANISATION = (
    "This is mostly a word of ours, so it is guessed first. Three or four other words make a good one."
)
TOO_COMMON = "Many people use this password, so it is guessed first. Three or four words make a good one."


class CommonPassword(CommonPasswordValidator):
    """Refuse a common password, also with digits or signs around it, and also written twice.

    Programs that guess passwords try "football2024!" and "footballfootball" right after "football".
    A file given as `path` (one password in each line, lower case, gzip or plain) is searched
    besides Django's list.
    """

    def __init__(self, path: str = "") -> None:
        super().__init__()
        if path:
            self.passwords = self.passwords | CommonPasswordValidator(path).passwords

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password that is in a list when digits and signs around it
        are removed.
        """
        cores = list(_cores(password.lower().strip()))
        words = OUR_WORDS | _words_of_the_organisation()
        if any(NO_LETTER.sub("", core) in words for core in cores):
            raise ValidationError(OF_THE_ORGANISATION, code="password_of_ours")
        if any(core in self.passwords for core in cores):
            raise ValidationError(TOO_COMMON, code="password_too_common")

    def get_help_text(self) -> str:
        return "Not one that many people use."


def _words_of_the_organisation() -> set[str]:
    """Return the names of the certifying body, whole and each longer word of them, with letters and
    digits alone.
    """
    facts = current_organisation()
    names = [facts.name.lower(), facts.short_name.lower()]
    parts = [*names, *(word for name in names for word in name.split() if len(word) >= LONG)]
    return {plain for part in parts if (plain := NO_LETTER.sub("", part))}


def _cores(password: str) -> Iterator[str]:
    yield password
    yield ENDS.sub("", password)
    half, odd = divmod(len(password), 2)
    if not odd and password[:half] == password[half:]:
        yield password[:half]
