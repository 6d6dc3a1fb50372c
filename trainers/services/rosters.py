"""Rosters uploaded in the browser: stored, checked, applied as checked, then deleted (docs/import-roster.md)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refusal
from core.faults import faultpoint
from core.history import record_history
from core.transitions import move
from trainers.models import Roster, RosterLine, Trainer
from trainers.models.roster import ATTEMPTS, LEASE, LONGEST_FILE_NAME
from trainers.roster import JudgedRoster, Unreadable, judge_roster
from trainers.roster.reading import UTF16_MARKS, printable_text, read_roster
from trainers.roster.report import BAD, ReportLine

BATCH = 2000
SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how the files of spreadsheet programs begin
NOT_CSV = "This is no CSV file. In the spreadsheet choose Save as, and there CSV in UTF-8."
CHANGED_SINCE = (
    "Nothing was written: what is stored has changed since the file was checked. Look at it again."
)
GAVE_UP = (
    f"The portal stopped at it {ATTEMPTS} times. Nothing was written. An operator can see why in the log."
)
REPLACED = "The stored file is not the one that was sent. Nothing was written. Send it again."
NOT_THERE = "The file did not arrive whole. Nothing was written. Send it again."
State = Roster.State


class _TakenOver(Exception):
    """Another worker has the lease now."""


def store_roster(
    *,
    name: str,
    content: bytes,
    policy_code: str,
    exported_on: date | None,
    by: Trainer,
    at: datetime,
) -> Roster:
    """Store a file for a worker to check, or return the open roster of this content. Idempotent.

    Raises Refusal, at the field `file`, for a file that is no roster at all.
    """
    _check_content(content)
    fingerprint = sha256(content).hexdigest()
    same = Roster.objects.filter(sha256=fingerprint, state__in=Roster.OPEN)
    if there := same.first():
        return there
    told = {"policy_code": policy_code, "exported_on": exported_on, "sent_by": by, "sent_at": at}
    try:
        with transaction.atomic():
            roster = Roster.objects.create(
                name=printable_text(name, LONGEST_FILE_NAME - 1) or "roster.csv",
                sha256=fingerprint,
                size=len(content),
                line_count=content.count(b"\n") + 1,
                leased_until=at + LEASE,  # until the file lies there
                **told,
            )
            record_history(roster, "sent", trainer=None, by=by, at=at, change=("", roster.state))
    except IntegrityError:
        if there := same.first():  # the same click, twice at once
            return there
        raise
    _put_file(roster, content, at=at)
    faultpoint("rosters.stored")
    Roster.objects.filter(pk=roster.pk).update(leased_until=None)
    return roster


def confirm_roster(roster: Roster, *, mark: str, by: Trainer, at: datetime) -> Roster:
    """Let a worker apply the roster as it was checked. Idempotent.

    `mark` is the mark of the check that the person saw. Raises Refusal when a newer check has
    another mark, and when rows are refused.
    """
    with transaction.atomic():
        roster = _lock_roster(roster)
        if roster.state in (State.APPLYING, State.APPLIED) and roster.mark == mark:
            return roster
        if roster.state == State.CHECKED and roster.mark != mark:
            raise Refusal("It was checked again since you looked. Look at it once more.", code="newer")
        check_appliable(roster)
        roster.confirmed_by, roster.confirmed_at, roster.note = by, at, ""
        return move(roster, State.APPLYING, "confirmed", trainer=None, by=by, at=at)


def check_appliable(roster: Roster) -> None:
    """Raise Refusal when rows are refused. A file without rows was not stored."""
    if roster.bad:
        raise Refusal("Rows are refused. Mend the file, and send it again.", code="bad_rows")


def repeat_check(roster: Roster, *, by: Trainer, at: datetime) -> Roster:
    """Let a worker check the roster again, because stored rows have changed meanwhile."""
    with transaction.atomic():
        roster = _lock_roster(roster)
        roster.note = ""
        return move(roster, State.CHECKING, "checked again", trainer=None, by=by, at=at)


def drop_roster(roster: Roster, *, by: Trainer | None, at: datetime) -> Roster:
    """Discard a roster that is not applied; none of its rows were written."""
    with transaction.atomic():
        roster = _lock_roster(roster)
        return move(roster, State.DROPPED, "dropped", trainer=None, by=by, at=at)


def advance_roster(roster: Roster, *, at: datetime) -> Roster:
    """Check the roster, or apply it if it would still do what its check said. Idempotent.

    The attempt is counted before it is made, so that a roster which kills the process is not tried
    for ever. A killed attempt has written nothing, and the next one begins when its lease has
    ended. An attempt whose lease another worker has taken writes nothing.
    """
    claimed = _claim_roster(roster, at=at)
    if claimed is None:
        return Roster.objects.get(pk=roster.pk)
    try:
        with _stored_file(claimed) as path:
            return _judge(claimed, path, at=at)
    except _TakenOver:
        return Roster.objects.get(pk=roster.pk)
    except (Unreadable, Refusal) as error:
        return _end_attempt(claimed, State.FAILED, "failed", at=at, note=str(error))


def let_roster_go(roster: Roster, *, at: datetime) -> None:
    """Delete the file and the values of its rows. What was wrong in which line stays. Safe to repeat."""
    if roster.state in (State.CHECKING, State.CHECKED):
        drop_roster(roster, by=None, at=at)
    default_storage.delete(roster.stored_as)
    faultpoint("rosters.removed")
    with transaction.atomic():
        mine = RosterLine.objects.filter(roster=roster)
        mine.exclude(outcome=BAD, attempt=roster.lines_of).delete()
        mine.update(number="", name="", value="")
        Roster.objects.filter(pk=roster.pk).update(stored_as="")


def _put_file(roster: Roster, content: bytes, *, at: datetime) -> None:
    try:
        default_storage.save(roster.stored_as, ContentFile(content))
    except OSError:  # the storage is away: the same file can be sent again at once
        drop_roster(roster, by=None, at=at)
        raise


def _check_content(content: bytes) -> None:
    if not content.strip():
        raise Refusal("The file is empty.", code="empty", field="file")
    is_utf16 = content[:2] in UTF16_MARKS
    if content.startswith(SPREADSHEET) or (b"\x00" in content[:4096] and not is_utf16):
        raise Refusal(NOT_CSV, code="not_csv", field="file")
    with NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        try:
            first = next(read_roster(Path(file.name)), None)
        except (Unreadable, UnicodeError) as error:
            words = str(error) if isinstance(error, Unreadable) else NOT_CSV
            raise Refusal(words, code="unreadable", field="file") from None
    if first is None:
        raise Refusal("The file holds nobody.", code="no_rows", field="file")


def _lock_roster(roster: Roster) -> Roster:
    return Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)


def _claim_roster(roster: Roster, *, at: datetime) -> Roster | None:
    """Count an attempt and lease the roster; None when there is nothing to do, or another worker does it."""
    with transaction.atomic():
        roster = _lock_roster(roster)
        leased = roster.leased_until and at < roster.leased_until <= at + LEASE
        if not roster.is_worked_on or leased:
            return None
        if roster.attempts - roster.attempts_done >= ATTEMPTS:
            roster.note = GAVE_UP
            move(roster, State.FAILED, "failed", trainer=None, by=None, at=at)
            return None
        roster.attempts += 1
        roster.leased_until, roster.rows_read = at + LEASE, 0
        roster.save(update_fields=["attempts", "leased_until", "rows_read"])
        return roster


@contextmanager
def _stored_file(roster: Roster) -> Iterator[Path]:
    """Yield a copy of the file on disk, whatever the storage. Raises Refusal unless it is the one that was sent."""
    if not default_storage.exists(roster.stored_as):
        raise Refusal(NOT_THERE, code="not_there")
    with NamedTemporaryFile(suffix=".csv") as copy, default_storage.open(roster.stored_as) as stored:
        found = sha256()
        for chunk in stored.chunks():
            found.update(chunk)
            copy.write(chunk)
        copy.flush()
        if found.hexdigest() != roster.sha256:
            raise Refusal(REPLACED, code="replaced")
        yield Path(copy.name)


def _judge(roster: Roster, path: Path, *, at: datetime) -> Roster:
    applied: list[Roster] = []

    def settle(judged: JudgedRoster) -> None:
        if roster.state == State.APPLYING and _mark_of(judged) == roster.mark:
            judged.merge(by=roster.confirmed_by, at=at, name=roster.name)
            applied.append(_end_attempt(roster, State.APPLIED, "applied", at=at))

    def keep_progress(rows: int) -> None:
        _keep_lease(roster, rows_read=rows)

    with judge_roster(
        path,
        policy_code=roster.policy_code,
        at=at,
        exported_on=roster.exported_on,
        progress=keep_progress,
        settle=settle,
    ) as judged:
        return applied[0] if applied else _store_check(roster, judged, at=at)


def _store_check(roster: Roster, judged: JudgedRoster, *, at: datetime) -> Roster:
    """Store what each row would do, then mark the roster as checked."""
    mark = _mark_of(judged, partial(_store_lines, roster))
    applying = roster.state == State.APPLYING
    verb, note = ("found changed", CHANGED_SINCE) if applying else ("checked", "")
    found = {**judged.counts, "mark": mark, "checked_at": at, "note": note, "lines_of": roster.attempts}
    if applying:
        found |= {"confirmed_by": None, "confirmed_at": None}
    ended = _end_attempt(roster, State.CHECKED, verb, at=at, **found)
    RosterLine.objects.filter(roster=roster).exclude(attempt=roster.attempts).delete()
    return ended


def _store_lines(roster: Roster, lines: list[ReportLine]) -> None:
    RosterLine.objects.bulk_create(_stored_line(roster, line) for line in lines)
    _keep_lease(roster)
    faultpoint("rosters.lines")


def _mark_of(judged: JudgedRoster, write: Callable[[list[ReportLine]], object] = lambda lines: None) -> str:
    """Return a hash of all that the roster does; `write` gets each batch of report lines on the way."""
    found = sha256(repr(judged.counts).encode())
    lines = (line for line in judged.lines() if not line.says_nothing)
    while batch := list(islice(lines, BATCH)):
        found.update(repr([tuple(line) for line in batch]).encode())
        write(batch)
    return found.hexdigest()


def _stored_line(roster: Roster, line: ReportLine) -> RosterLine:
    return RosterLine(
        roster=roster,
        attempt=roster.attempts,
        line=line.line,
        outcome=line.outcome,
        number=line.number,
        name=printable_text(line.name, 120),
        column=line.column,
        value=line.value[:200],
        changes=line.changes,
        words=". ".join(line.words),
    )


def _keep_lease(roster: Roster, **progress: int) -> None:
    """Extend the lease and store the rows read. Raises _TakenOver when another worker has the lease."""
    mine = Roster.objects.filter(pk=roster.pk, attempts=roster.attempts, state=roster.state)
    if not mine.update(leased_until=clock.now() + LEASE, **progress):
        raise _TakenOver


def _end_attempt(roster: Roster, state: str, verb: str, *, at: datetime, **found: object) -> Roster:
    """Take the step that this attempt led to. Raises _TakenOver when another worker has the lease."""
    with transaction.atomic():
        fresh = _lock_roster(roster)
        if (fresh.attempts, fresh.state) != (roster.attempts, roster.state):
            raise _TakenOver
        for name, value in found.items():
            setattr(fresh, name, value)
        fresh.leased_until, fresh.attempts_done = None, fresh.attempts
        return move(fresh, state, verb, trainer=None, by=None, at=at)
