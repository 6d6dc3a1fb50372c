"""Whether a course counts for a trainer, with the clause that says so."""

from dataclasses import dataclass
from datetime import date, datetime

from ceus.models import Course
from ceus.pages.logging import gain_of
from rules.policy.model import PolicyVersion
from trainers.models import Cycle

CLAUSES = {  # by the reason why a course does not count, or only in part
    "not_approved": "Q10",
    "before_award": "Q9",
    "before_cycle": "Q9",
    "after_deadline": "Q9",
    "future": "Q9",
    "duplicate": "Q12",
    "category_cap": "Q11",
    "not_current": "Q11",
}
COUNTS = "S8"


@dataclass(frozen=True, slots=True)
class CountsForMe:
    """The answer for one trainer: whether the course counts, why, and the clause with its text."""

    tag_kind: str
    tag: str
    sentence: str
    clause: str
    text: str


def counts_for(course: Course, cycle: Cycle, *, at: datetime, today: date) -> CountsForMe:
    """Return whether a course that is finished today would count in `cycle`. Four queries."""
    gain = gain_of(course, today, cycle, at=at, today=today, proven=True)
    version = cycle.version
    code = COUNTS if gain.counts else CLAUSES.get(gain.reason, "Q9")
    if gain.counts:
        return CountsForMe("ok", "Yes", f"{gain.sentence}.", code, _text_of(version, code))
    return CountsForMe("warn", "Not today", gain.sentence, code, _text_of(version, code))


def _text_of(version: PolicyVersion, code: str) -> str:
    """Return the text of a clause or reading; empty where the policy has none of this code."""
    texts = {one.code: one.text for one in version.clauses} | {one.code: one.text for one in version.readings}
    return texts.get(code, "")
