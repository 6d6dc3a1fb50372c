"""The public answers about a certification (Q29). By number alone: whether it is in force. By
number and family name, or by the code of the certificate: a card with the name and the last day.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from core import clock
from core.deadlines import zone_words
from core.templatetags.words import at as moment
from core.templatetags.words import day
from renewals.models import Application
from renewals.status import Certification, certification_on
from rules.names import answers_to
from rules.policy.load import load_policy
from trainers.lookups import current_cycle
from trainers.models import Credential
from trainers.models.credential import normalise_number

NO_NUMBER = "We have no certification with this number. Check the number and try again."
NO_PAIR = "We have no certification with this number and family name. Check both and try again."
NO_CODE = "This is no code of ours. Check the certification by its number."
LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """The public answer. `name` and `title` are empty unless the caller knew the name or the code."""

    number: str
    tag_kind: str
    tag: str
    line: str
    checked: SafeString
    zone: str
    name: str = ""
    title: str = ""

    @property
    def asks_for_name(self) -> bool:
        """Return whether the page should ask for the family name: the number exists, and the card
        is not shown yet.
        """
        return bool(self.tag_kind) and not self.name


def answer_by_number(text: str, *, at: datetime, default_policy: str) -> Answer:
    """Return whether the certification with the number in `text` is in force at this moment, and
    nothing else.
    """
    found = _with_number(text)
    if found is None:
        return _no_match(text, NO_NUMBER, at, default_policy)
    if _certification(found, at).certified:
        words = ("ok", "In force", "This certification is in force.")
    else:
        words = ("bad", "Not in force", "This certification is not in force.")
    return Answer(found.display_number, *words, *_asked(at, found.policy.time_zone))


def answer_by_name(number: str, name: str, *, at: datetime, default_policy: str) -> Answer:
    """Return the card for this number and family name. An unknown number and a wrong name get equal
    answers.
    """
    found = _with_number(number)
    if found is None or not answers_to(found.trainer.name, name):
        return _no_match(number, NO_PAIR, at, default_policy)
    return _card(found, at)


def answer_by_code(code: str, *, at: datetime, default_policy: str) -> Answer:
    """Return the card of the certificate with this code."""
    found = Credential.objects.with_code(code).select_related("trainer").first()
    return _card(found, at) if found else _no_match("", NO_CODE, at, default_policy)


def wait_words(seconds: int) -> str:
    """Return how long to wait, rounded up, such as "1 minute" or "5 hours"."""
    size, unit = (3600, "hour") if seconds > 3600 else (60, "minute")
    count = -(-seconds // size)
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _with_number(text: str) -> Credential | None:
    number = normalise_number(text)
    if not (0 < len(number) <= LONGEST_NUMBER and number.isascii() and number.isalnum()):
        return None
    return Credential.objects.with_number(number).select_related("trainer").first()


def _no_match(number: str, line: str, at: datetime, default_policy: str) -> Answer:
    zone = load_policy(default_policy).time_zone
    return Answer(number[:40], "", "No match", line, *_asked(at, zone))


def _card(credential: Credential, at: datetime) -> Answer:
    words = _certified_words(_certification(credential, at))
    asked = _asked(at, credential.policy.time_zone)
    name, title = credential.trainer.name, credential.policy.title
    return Answer(credential.display_number, *words, *asked, name=name, title=title)


def _certified_words(certification: Certification) -> tuple[str, str, str]:
    if certification.certified and certification.through:
        return "ok", "In force", f"Certified through {day(certification.through)}."
    if certification.certified:
        return "ok", "In force", "Certified while a renewal is being decided: there is no last day yet."
    since = f" since {day(certification.not_since)}" if certification.not_since else ""
    return "bad", "Not in force", f"Not certified{since}."


def _certification(credential: Credential, at: datetime) -> Certification:
    today = clock.date_of(at, credential.policy.time_zone)
    latest = Application.objects.latest_of(credential)
    return certification_on(today, credential, current_cycle(credential), latest)


def _asked(at: datetime, zone: str) -> tuple[SafeString, str]:
    return moment(at, zone), zone_words(zone)
