"""The public answers about a certification (Q29). To its number alone: whether it is in force. To
number and family name, or to the code of the certificate: a card with the name and the last day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from core.deadlines import zone_words
from core.templatetags.words import at as moment
from core.templatetags.words import day, on
from renewals.pages.credential_card import CredentialCard, certified_label, given_label
from renewals.status import WHILE_DECIDED, Certification, GivenStatus, certifications_of
from rules.days import is_for_life, through_words
from rules.names import answers_to
from rules.policy.load import load_policy
from rules.units import count_of
from trainers.lookups import current_cycle
from trainers.models import Credential, Cycle
from trainers.models.credential import normalise_number

IN_FORCE, NOT_IN_FORCE, NO_MATCH = "In force", "Not in force", "No match"
NO_NUMBER = "We have no certification with this number. Check the number and try again."
NO_PAIR = "We have no certification with this number and family name. Check both and try again."
NO_CODE = "This is no code of ours. Check the certification by its number."
LONGEST_NUMBER = 20
# Compared in place of a name that we do not have, of two words as most are: every answer takes as long.
NOBODY = "Nobody Nowhere"


@dataclass(frozen=True, slots=True)
class Answer:
    """A public answer about a certification: its heading and a line. `name`, `title` and the days
    are empty unless the caller knew the family name or the code. `state` is one of `IN_FORCE`, `NOT_IN_FORCE` and `NO_MATCH`;
    `given` is what its holder is in place of certified, such as inactive: that is not in force.
    """

    number: str
    state: str
    heading: str
    line: str
    checked: SafeString
    zone: str
    name: str = ""
    title: str = ""
    through: date | None = None
    not_since: date | None = None
    given: GivenStatus | None = None

    @property
    def is_for_life(self) -> bool:
        return self.through is not None and is_for_life(self.through)

    @property
    def shown_state(self) -> str:
        """Return the state as people read it, such as "Inactive" where the policy has a word of its own."""
        return self.given.label if self.given else self.state

    @property
    def tag_kind(self) -> str:
        return "warn" if self.given else {IN_FORCE: "ok", NOT_IN_FORCE: "bad"}.get(self.state, "")

    @property
    def asks_for_name(self) -> bool:
        """Return whether the page should ask for the family name: the number exists, and the card
        is not shown yet.
        """
        return self.state != NO_MATCH and not self.name

    @property
    def card(self) -> CredentialCard | None:
        """Return the card for the public, or None. It says less than the card that the holder sees:
        not why somebody is not certified.
        """
        if not self.name:
            return None
        is_off = self.state == NOT_IN_FORCE
        label, when = "Certified", "While a renewal is being decided"
        if self.through:
            label, when = certified_label(self.through)
        elif self.given:
            label, when = given_label(self.given)
        elif is_off:
            not_since = ("Not certified since", on(self.not_since)) if self.not_since else None
            label, when = not_since or ("Status", "Not certified")
        return CredentialCard(self.name, self.title, self.number, label, when, is_off)


def answer_by_number(text: str, *, at: datetime, default_policy: str) -> Answer:
    """Return whether the certification with the number in `text` is in force at this moment, and
    nothing else.
    """
    return _answers([(text, None)], at, default_policy)[0]


def answer_by_name(number: str, name: str, *, at: datetime, default_policy: str) -> Answer:
    """Return the card for this number and family name. An unknown number and a wrong name get equal
    answers.
    """
    return _answers([(number, name)], at, default_policy)[0]


def answer_by_code(code: str, *, at: datetime, default_policy: str) -> Answer:
    """Return the card of the certificate with this code."""
    found = Credential.objects.with_code(code).select_related("trainer").first()
    if found is None:
        return _no_match("", NO_CODE, at, default_policy)
    cycle = current_cycle(found)
    return _card(cycle, certifications_of([cycle], at)[cycle.pk], at)


def answers_to_pairs(pairs: Iterable[tuple[str, str]], *, at: datetime, default_policy: str) -> list[Answer]:
    """Return an answer for each (number, family name), in the order of `pairs`; an empty name asks
    by number alone. Each answer is the same as that to the pair alone; the number of queries does
    not grow with the pairs.
    """
    return _answers([(number, name or None) for number, name in pairs], at, default_policy)


def wait_words(seconds: int) -> str:
    """Return how long to wait, rounded up, such as "1 minute" or "5 hours"."""
    size, unit = (3600, "hour") if seconds > 3600 else (60, "minute")
    count = -(-seconds // size)
    return count_of(count, unit)


def _answers(pairs: list[tuple[str, str | None]], at: datetime, default_policy: str) -> list[Answer]:
    found = _with_numbers(number for number, _ in pairs)
    shown = [_cycle_to_show(found, *pair) for pair in pairs]
    certified = certifications_of(filter(None, shown), at)
    answers = []
    for (number, name), cycle in zip(pairs, shown, strict=True):
        if cycle is None:
            answers.append(_no_match(number, NO_NUMBER if name is None else NO_PAIR, at, default_policy))
        else:
            say = _by_number if name is None else _card
            answers.append(say(cycle, certified[cycle.pk], at))
    return answers


def _cycle_to_show(found: Mapping[str, Cycle], number: str, name: str | None) -> Cycle | None:
    """Return the current cycle of this number, if the name is that on record; None without a name
    asks by number alone.
    """
    cycle = found.get(normalise_number(number))
    if name is None:
        return cycle
    on_record = cycle.credential.trainer.name if cycle else NOBODY
    return cycle if answers_to(on_record, name) else None


def _by_number(cycle: Cycle, certification: Certification, at: datetime) -> Answer:
    credential = cycle.credential
    state, given = IN_FORCE if certification.certified else NOT_IN_FORCE, certification.given
    said, asked = given.label if given else state, _asked(at, credential.policy.time_zone)
    line = f"This certification is {said.lower()}."
    return Answer(credential.display_number, state, said, line, *asked, given=given)


def _with_numbers(texts: Iterable[str]) -> dict[str, Cycle]:
    """Return the current cycle of each certification whose number is in `texts`, by the number,
    with its credential and trainer.
    """
    numbers = {normalise_number(text) for text in texts}
    plain = [one for one in numbers if 0 < len(one) <= LONGEST_NUMBER and one.isascii() and one.isalnum()]
    known = Credential.objects.known().filter(number__in=plain)
    cycles = Cycle.objects.current().filter(credential__in=known).select_related("credential__trainer")
    return {cycle.credential.number: cycle for cycle in cycles}


def _no_match(number: str, line: str, at: datetime, default_policy: str) -> Answer:
    zone = load_policy(default_policy).time_zone
    return Answer(number[:40], NO_MATCH, NO_MATCH, line, *_asked(at, zone))


def _card(cycle: Cycle, certification: Certification, at: datetime) -> Answer:
    credential = cycle.credential
    heading, line = _certified_words(certification)
    return Answer(
        credential.display_number,
        IN_FORCE if certification.certified else NOT_IN_FORCE,
        heading,
        line,
        *_asked(at, credential.policy.time_zone),
        name=credential.trainer.name,
        title=credential.policy.title,
        through=certification.through,
        not_since=certification.not_since,
        given=certification.given,
    )


def _certified_words(certification: Certification) -> tuple[str, str]:
    """Return (heading, line) of the answer."""
    if certification.certified and certification.through:
        return f"Certified {through_words(certification.through)}", ""
    if certification.certified:
        return f"Certified {WHILE_DECIDED}", "There is no last day yet."
    if certification.given:
        return certification.given.line, "The register does not have it as certified."
    since = f" since {day(certification.not_since)}" if certification.not_since else ""
    return f"Not certified{since}", ""


def _asked(at: datetime, zone: str) -> tuple[SafeString, str]:
    return moment(at, zone), zone_words(zone)
