"""What somebody typed into the search field, and the query conditions that follow from it."""

import re
from dataclasses import dataclass, field

from django.db.models import Q

from core.models import Merge
from core.references import LETTERS
from rules.names import search_words
from trainers.models import Credential, SearchWord, Trainer
from trainers.models.credential import LAST_DIGITS

MOST_WORDS = 6
SHORTEST = 2  # letters of the longest word
REFERENCE = re.compile(rf"([RPA])-?([{LETTERS}]{{2,8}})")
CHARGE = re.compile(r"(?:C-?)?([0-9]{1,18})")


@dataclass(frozen=True)
class SearchMeaning:
    """The possible meanings of a typed text, such as a number, an address or words of a name. A
    meaning that is not possible is empty.
    """

    text: str
    words: list[str] = field(default_factory=list)
    digits: str = ""
    email: str = ""
    reference: str = ""
    charge: int | None = None

    @property
    def is_too_short(self) -> bool:
        """Return whether the text is so short that it would find almost everything."""
        if self.email or self.reference or self.charge is not None:
            return False
        return not any(len(word) >= SHORTEST or not word.isascii() for word in self.words)

    @property
    def is_of_people(self) -> bool:
        return bool(self.email or self.digits or (self.words and not self.reference))


def parse_question(typed: str) -> SearchMeaning:
    """Return the possible meanings of what somebody typed."""
    text = " ".join(typed.split())
    squeezed = re.sub(r"[ -]", "", text).upper()
    reference = REFERENCE.fullmatch(text.upper())
    charge = CHARGE.fullmatch(squeezed)
    digits = squeezed if squeezed.isascii() and squeezed.isdigit() else ""
    if "@" in text:
        return SearchMeaning(text, email=text.lower())
    return SearchMeaning(
        text,
        words=[] if digits else search_words(text)[:MOST_WORDS],
        digits=digits if len(digits) >= LAST_DIGITS else "",
        reference=f"{reference[1]}-{reference[2]}" if reference and "-" in text else "",
        charge=int(charge[1]) if charge else None,
    )


def people_condition(asked: SearchMeaning, to: str = "") -> Q:
    """Return the condition for rows whose person fits the question; `to` is the path to that
    person.
    """
    if asked.email:
        # One subquery of both: of two, joined by OR, a database reads every person.
        own = Trainer.objects.filter(email__begins=asked.email).order_by().values("pk")
        merged = Merge.objects.filter(email__begins=asked.email).order_by().values("staying")
        return Q(**{f"{to}pk__in": own.union(merged)})
    if asked.digits:
        owners = (
            Credential.objects.known().filter(number__begins=asked.digits).order_by().values("trainer_id")
        )
        if len(asked.digits) == LAST_DIGITS:
            # One subquery of both: of two, joined by OR, a database reads every person.
            owners = owners.union(Credential.objects.with_tail(asked.digits).order_by().values("trainer_id"))
        return Q(**{f"{to}pk__in": owners})
    if not asked.words or asked.is_too_short:
        return Q(pk__in=())
    return Q(**{f"{to}pk__in": SearchWord.objects.beginning(asked.words).values("trainer_id")})
