"""One reminder a day to somebody with several certifications: what is due about each of them stands
in one mail.

Of the notices that wait on one day, the first one is sent, and says what is due about all. The
others end as superseded; what they would have said is known by their event, so nothing is lost when
the first one is sent later. Whether a mail said something is read in its text.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.clock import date_of
from outbox.models import Notice
from outbox.notices import Batch
from renewals.pages.overview import urgency_of
from renewals.pages.snapshot import Snapshot

State = Notice.State
LOOKS_BACK = timedelta(days=8)  # optional reminders wait up to a week for each other
Find = Callable[[Notice], Snapshot | None]


@dataclass(frozen=True, slots=True)
class Joined:
    """A notice that is to be sent, and what it says: of each certification the snapshot, the most
    urgent first.
    """

    notice: Notice
    snapshots: tuple[Snapshot, ...]


def companions_of(kind: str, trainers: Collection[int], *, now: datetime) -> list[Notice]:
    """Return the notices of this kind to these trainers that wait, and those that ended lately. One
    query; none without a trainer.
    """
    if not trainers:
        return []
    found = Notice.objects.filter(kind=kind, trainer__in=trainers)
    recent = found.filter(state__in=(State.SENT, State.SUPERSEDED), ended_at__gte=now - LOOKS_BACK)
    return list((found.filter(state=State.DUE) | recent).select_related("trainer").defer("html"))


def joined_reminders(
    batch: Batch, companions: Iterable[Notice], *, snapshot_if_due: Find, now: datetime, zone: str
) -> list[Joined]:
    """Return those notices of `batch` that are to be sent. `companions` are all of these people's;
    `snapshot_if_due` returns the snapshot of a notice that is the latest of its certification.
    """
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for one in companions:
        by_person[one.trainer_id].append(one)
    asked = {one.pk for one in batch}
    today = date_of(now, zone)
    joined = []
    for notices in by_person.values():
        waiting = sorted((one for one in notices if _waits(one, today, zone)), key=_order)
        if not waiting or waiting[0].pk not in asked:
            continue
        snapshots = _unsaid(notices, snapshot_if_due, today, zone)
        if snapshots:
            joined.append(Joined(waiting[0], tuple(sorted(snapshots, key=urgency_of))))
    return joined


def _unsaid(notices: list[Notice], snapshot_if_due: Find, today: date, zone: str) -> list[Snapshot]:
    """Return the snapshot of each certification with a reminder that no mail has said."""
    found = []
    for one in notices:
        may_say = one.state == State.SUPERSEDED or _waits(one, today, zone)
        snapshot = snapshot_if_due(one) if may_say else None
        if snapshot and not _is_said(one, snapshot, notices, zone):
            found.append(snapshot)
    return found


def is_told_twice(notice: Notice, companions: Iterable[Notice], due: Collection[int]) -> bool:
    """Return whether the same reminder, about another certification of the same person, was sent or
    is to be sent before this one: it is about the same card, logged for both. `due` are the primary
    keys of those that are still due.
    """
    return any(
        one.pk != notice.pk
        and (one.trainer_id, one.event) == (notice.trainer_id, notice.event)
        and (one.state == State.SENT or (one.pk in due and _order(one) < _order(notice)))
        for one in companions
        if one.state in (State.SENT, State.DUE)
    )


def _waits(notice: Notice, today: date, zone: str) -> bool:
    wanted = notice.urgency != Notice.Urgency.OPTIONAL or notice.trainer.wants_reminders
    return notice.state == State.DUE and wanted and date_of(notice.send_at, zone) <= today


def _order(notice: Notice) -> tuple[bool, datetime, int]:
    return notice.urgency != Notice.Urgency.FIRM, notice.send_at, notice.pk


def _is_said(notice: Notice, snapshot: Snapshot, notices: Iterable[Notice], zone: str) -> bool:
    """Return whether a mail of the day of the notice, or a later one, was about this certification."""
    number, day = snapshot.credential.display_number, date_of(notice.ended_at or notice.send_at, zone)
    return any(
        one.state == State.SENT and one.ended_at and date_of(one.ended_at, zone) >= day and number in one.text
        for one in notices
    )
