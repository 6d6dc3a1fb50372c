"""Import one roster from file to database, all of it or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from core import clock
from core.faults import faultpoint
from rules.policy.load import load_policy
from trainers.models import Trainer
from trainers.roster import merging, report
from trainers.roster.cells import RowReader, Staged
from trainers.roster.judging import judge_rows
from trainers.roster.reading import Flaw, Row, read_roster
from trainers.roster.staging import fill_staging, staging_tables

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RosterResult:
    """How many rows have each outcome, and whether the rows were written."""

    new: int
    changed: int
    unchanged: int
    bad: int
    applied: bool

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.unchanged + self.bad


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
    """Judge every row, write them all when `apply` is set and none is bad, and `say` the outcome of
    each. Idempotent.

    `exported_on` is the day of the export in the policy's zone: a value set in the portal on that
    day or later stays. Without the day every value ever set in the portal stays, because nothing
    says that the file is newer (Q28). Raises Unreadable, and IntegrityError when others wrote the
    same addresses or numbers in the meantime; then nothing is written.
    """
    zone = load_policy(policy_code).time_zone
    today = clock.date_of(at, zone)
    made_at = clock.moment_on(exported_on, 0, zone) if exported_on else LONG_AGO
    with staging_tables() as cursor:
        fill_staging(cursor, _read(path, RowReader(policy_code, today)), progress)
        faultpoint("roster.staged")
        with transaction.atomic():
            merging.lock_tables()
            judge_rows(cursor, policy_code, made_at=made_at)
            counts = report.count_outcomes(cursor)
            applied = apply and not counts["bad"]
            if applied:
                reason = f"Roster {path.name}"[:200]
                merging.merge_roster(cursor, policy_code=policy_code, by=by, at=at, reason=reason)
        for text in report.report_lines(cursor, only_bad=only_bad):
            say(text)
    return RosterResult(**counts, applied=applied)


def _read(path: Path, reader: RowReader) -> Iterator[Staged | list[Flaw]]:
    for row in read_roster(path):
        yield reader.read(row) if isinstance(row, Row) else [row]
