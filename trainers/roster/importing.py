"""Import one roster from file to database, all of it or nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from core import clock
from core.faults import faultpoint
from core.policy_words import check_fits
from rules.policy.load import load_policy
from trainers.models import Trainer
from trainers.roster import merging, report
from trainers.roster.cells import RowReader, Staged
from trainers.roster.facts import columns_of_policy
from trainers.roster.judging import judge_rows
from trainers.roster.reading import Flaw, Row, read_roster
from trainers.roster.staging import fill_staging, staging_tables

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RosterResult:
    """How many rows have each outcome, and whether they were written to the database."""

    new: int
    changed: int
    unchanged: int
    bad: int
    applied: bool

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.unchanged + self.bad


@dataclass(frozen=True)
class JudgedRoster:
    """A roster whose rows were compared with the stored ones: it gives their outcomes, and can write them."""

    cursor: CursorWrapper
    policy_code: str
    counts: dict[str, int]  # how many rows have each outcome

    def lines(self, *, only_bad: bool = False) -> Iterator[report.ReportLine]:
        """Yield the report lines of all rows, in the order of the file."""
        return report.report_lines(self.cursor, only_bad=only_bad)

    def merge(self, *, by: Trainer | None, at: datetime, name: str) -> None:
        """Write every new and changed row. Only inside the transaction that judged the rows, and
        when none is bad.
        """
        reason = f"Roster {name}"[:200]
        merging.merge_roster(self.cursor, policy_code=self.policy_code, by=by, at=at, reason=reason)


@contextmanager
def judge_roster(
    path: Path,
    *,
    policy_code: str,
    at: datetime,
    exported_on: date | None = None,
    progress: Callable[[int], object] = lambda rows: None,
    settle: Callable[[JudgedRoster], object] = lambda judged: None,
) -> Iterator[JudgedRoster]:
    """Read and judge every row, and call `settle` in the same transaction, in which nobody else can
    change the tables.

    Yields the judged roster, whose rows can be reported until the end of the block.
    """
    policy = load_policy(policy_code)
    check_fits(policy)
    zone = policy.time_zone
    today = clock.date_of(at, zone)
    made_at = clock.moment_on(exported_on, 0, zone) if exported_on else LONG_AGO
    with staging_tables() as cursor:
        fill_staging(cursor, _read(path, RowReader(policy_code, today), columns_of_policy(policy)), progress)
        faultpoint("roster.staged")
        with transaction.atomic():
            merging.lock_tables()
            judge_rows(cursor, policy_code, made_at=made_at)
            judged = JudgedRoster(cursor, policy_code, report.count_outcomes(cursor))
            settle(judged)
        yield judged


def import_roster(
    path: Path,
    *,
    policy_code: str,
    by: Trainer | None,
    at: datetime,
    apply: bool = False,
    only_bad: bool = False,
    exported_on: date | None = None,
    say: Callable[[str], object] = lambda text: None,
    progress: Callable[[int], object] = lambda rows: None,
) -> RosterResult:
    """Compare every row with the stored ones, write them all when `apply` is set and none is bad,
    and `say` the outcome of each. Idempotent.

    `exported_on` is the day of the export in the policy's zone: a value that was set in the portal
    on that day or later stays. Without it every value that was ever set in the portal stays,
    because nothing says that the file is newer (Q28). Raises Unreadable, and IntegrityError when
    others wrote equal addresses or numbers meanwhile; then nothing is written.
    """

    def settle(judged: JudgedRoster) -> None:
        if apply and not judged.counts["bad"]:
            judged.merge(by=by, at=at, name=path.name)

    with judge_roster(
        path, policy_code=policy_code, at=at, exported_on=exported_on, progress=progress, settle=settle
    ) as judged:
        for line in judged.lines(only_bad=only_bad):
            say(str(line))
    return RosterResult(**judged.counts, applied=apply and not judged.counts["bad"])


def _read(path: Path, reader: RowReader, more: Sequence[str]) -> Iterator[Staged | list[Flaw]]:
    for row in read_roster(path, more):
        yield reader.read(row) if isinstance(row, Row) else [row]
