"""The public answer about a certification number: certified or not, with the date, and the moment
of the answer.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from core import clock
from core.deadlines import zone_words
from core.templatetags.words import at as moment
from core.templatetags.words import day
from renewals.models import Application
from renewals.status import certification_on
from rules.policy.load import load_policy
from trainers.lookups import current_cycle
from trainers.models import Credential
from trainers.models.credential import normalise_number


@dataclass(frozen=True, slots=True)
class Answer:
    """The public answer: no name and no other date."""

    number: str
    tag_kind: str
    tag: str
    line: str
    checked: SafeString
    zone: str


def answer_for(text: str, *, at: datetime, default_policy: str) -> Answer:
    """Return the public answer about the number in `text`, at this moment."""
    found = Credential.objects.with_number(text).first() if _is_number(text) else None
    policy = found.policy if found else load_policy(default_policy)
    zone = policy.time_zone
    kind, tag, line = _status(found, at) if found else NO_MATCH
    number = found.display_number if found else text[:40]
    return Answer(number, kind, tag, line, moment(at, zone), zone_words(zone))


NO_MATCH = ("", "No match", "We have no certification with this number. Check the number and try again.")


def _is_number(text: str) -> bool:
    number = normalise_number(text)
    return 0 < len(number) <= 20 and number.isascii() and number.isalnum()


def _status(credential: Credential, at: datetime) -> tuple[str, str, str]:
    today = clock.date_of(at, credential.policy.time_zone)
    latest = Application.objects.latest_of(credential)
    certification = certification_on(today, credential, current_cycle(credential), latest)
    if certification.certified:
        return "ok", "Certified", "This certification is active."
    since = f" since {day(certification.not_since)}" if certification.not_since else ""
    return "bad", "Not certified", f"This certification is not active{since}."
