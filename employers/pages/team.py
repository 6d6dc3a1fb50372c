"""The certifications of an employer's team: what the trainers agreed to show, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from core import clock
from core.deadlines import full_day
from core.spreadsheet import text_cell
from renewals.pages.verification import IN_FORCE, NOT_IN_FORCE
from renewals.status import WHILE_DECIDED, Certification, GivenStatus, certifications_of
from rules.days import day_or_life, is_for_life, through_words
from trainers.models import Cycle

ENDS_SOON = "Ends soon"
CSV_HEADER = ("Name", "Certification", "State", "Certified through", "Not certified since")
KINDS = {IN_FORCE: "ok", ENDS_SOON: "warn", NOT_IN_FORCE: "bad"}


@dataclass(frozen=True, slots=True)
class Member:
    """One certification of a team: its holder's name, its title, its state in a word, and its days."""

    name: str
    title: str
    state: str
    through: date | None
    not_since: date | None
    given: GivenStatus | None  # in place of certified, such as inactive: that is not in force

    @property
    def is_for_life(self) -> bool:
        return self.through is not None and is_for_life(self.through)

    @property
    def tag_kind(self) -> str:
        return "warn" if self.given else KINDS[self.state]

    @property
    def shown_state(self) -> str:
        """Return the state as people read it, such as "Inactive" where the policy has a word of its own."""
        return self.given.label if self.given else self.state

    @property
    def line(self) -> str:
        """Return through which day the person is or was certified, in words."""
        if self.through:
            return f"Certified {through_words(self.through)}"
        if self.given:
            return self.given.line
        if self.state != NOT_IN_FORCE:
            return f"Certified {WHILE_DECIDED}"
        return f"Not certified since {full_day(self.not_since)}" if self.not_since else "Not certified"


def members_of(cycles: Iterable[Cycle], at: datetime) -> list[Member]:
    """Return each certification by its current cycle. The number of queries does not grow with them."""
    shown = list(cycles)
    found = certifications_of(shown, at)
    return [_member(cycle, found[cycle.pk], at) for cycle in shown]


def csv_rows(members: Iterable[Member]) -> Iterator[tuple[str, ...]]:
    """Yield a row of safe cells for each certification."""
    for one in members:
        days = [day_or_life(day) if day else "" for day in (one.through, one.not_since)]
        yield (text_cell(one.name), text_cell(one.title), text_cell(one.shown_state), *days)


def _member(cycle: Cycle, certification: Certification, at: datetime) -> Member:
    credential = cycle.credential
    return Member(
        credential.trainer.name,
        credential.policy.title,
        _state(certification, cycle, at),
        certification.through,
        certification.not_since,
        certification.given,
    )


def _state(certification: Certification, cycle: Cycle, at: datetime) -> str:
    if not certification.certified:
        return NOT_IN_FORCE
    policy = cycle.credential.policy
    today = clock.date_of(at, policy.time_zone)
    days = policy.version_on(today).employer_notice_days
    through = certification.through
    return ENDS_SOON if through and (through - today).days <= days else IN_FORCE
