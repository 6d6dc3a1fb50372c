"""The two kinds of reminder as notices. A reminder is still due while no later one is due and the
trainer has not acted. The cases of a batch are read with one query for each kind of row.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from ceus.models import CeuRecord
from ceus.standing import facts_for_all
from core import clock
from core.constraints import require_value
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks
from petitions.models import Petition
from renewals.models import Application
from renewals.notice_codes import CARD, REMINDER
from renewals.pages.snapshot import Snapshot, State, snapshot_from_rows
from renewals.reminders.letters import ReminderLetter, card_letter, renewal_letter
from renewals.services.reminders import reminder_event
from rules.days import CyclePeriod
from rules.reminders import Mark, last_day_marks, reminders_due, renewal_marks
from trainers.models import Cycle

DONE = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.APPROVED)


def _is_open(snapshot: Snapshot) -> bool:
    """Return whether the credential is in force and no application for the cycle is submitted or
    approved.
    """
    application = snapshot.application
    return snapshot.credential.in_force and (application is None or application.state not in DONE)


def _renewal_mark(snapshot: Snapshot) -> Mark | None:
    """Return the reminder that is the latest on the snapshot's day; None when the condition that its
    calendar sets is not met.
    """
    period = CyclePeriod(snapshot.cycle.starts_on, snapshot.cycle.expires_on)
    marks = renewal_marks(snapshot.policy, period, snapshot.standing.dates.last_day_to_apply)
    mark = reminders_due(marks, snapshot.today)
    below = mark.reminder.below if mark else None
    enough = below is not None and snapshot.standing.total.counted >= below
    return None if enough else mark


def _renewals_due(batch: Batch) -> set[int]:
    wanted = subject_pks(batch)
    cases = cases_of(set(wanted.values()), clock.now())
    return {one.pk for one in batch if _is_latest(one.event, cases.get(wanted[one.pk]))}


def _is_latest(event: str, snapshot: Snapshot | None) -> bool:
    mark = _renewal_mark(snapshot) if snapshot and _is_open(snapshot) else None
    return bool(snapshot and mark and event == reminder_event(mark, snapshot.cycle.expires_on))


def _renewal_contexts(batch: Batch) -> dict[int, Mapping[str, object]]:
    wanted = subject_pks(batch)
    cases = cases_of(set(wanted.values()), clock.now())
    return {
        pk: reminder_context(cases[cycle], renewal_letter(cases[cycle]))
        for pk, cycle in wanted.items()
        if cycle in cases
    }


def reminder_context(snapshot: Snapshot, letter: ReminderLetter) -> dict[str, object]:
    """Return what the templates of a reminder need."""
    return {
        "letter": letter,
        "snapshot": snapshot,
        "name": snapshot.credential.trainer.get_short_name(),
        "number": snapshot.credential.display_number,
        "link": letter.link,
        "link_label": letter.link_label,
    }


def _cards(batch: Batch) -> dict[int, tuple[CeuRecord, Snapshot]]:
    """Return (card, snapshot) for each notice whose card counts for the current cycle, by the notice's
    primary key.
    """
    wanted = subject_pks(batch)
    records = CeuRecord.objects.present().in_bulk(set(wanted.values()))
    credentials = {one.credential_id for one in records.values()}
    cycles = dict(_latest_cycles(credentials))
    cases = cases_of(set(cycles.values()), clock.now())
    return {
        pk: (records[record], cases[cycles[records[record].credential_id]])
        for pk, record in wanted.items()
        if record in records
    }


def _latest_cycles(credentials: Collection[int]) -> "QuerySet[Cycle, tuple[int, int]]":
    return (
        Cycle.objects.current()
        .filter(credential__in=credentials)
        .order_by()
        .values_list("credential_id", "pk")
    )


def _cards_due(batch: Batch) -> set[int]:
    cards = _cards(batch)
    return {one.pk for one in batch if one.pk in cards and _card_is_due(one.event, *cards[one.pk])}


def _card_is_due(event: str, record: CeuRecord, snapshot: Snapshot) -> bool:
    """Return whether `event` is still the latest reminder about this card: the card is the newest
    one, the cycle can still be renewed, and no renewal is undecided.
    """
    through, newest = require_value(record.valid_through), snapshot.newest_card
    if (
        newest is None
        or newest.id != str(record.pk)
        or not _is_open(snapshot)
        or not snapshot.can_still_renew
    ):
        return False
    mark = reminders_due(last_day_marks(snapshot.policy, "card", through), snapshot.today)
    return bool(through >= snapshot.today and mark and event == reminder_event(mark, through))


def _card_contexts(batch: Batch) -> dict[int, Mapping[str, object]]:
    return {
        pk: reminder_context(snapshot, card_letter(snapshot, require_value(record.valid_through)))
        for pk, (record, snapshot) in _cards(batch).items()
    }


def cases_of(pks: Collection[int], now: datetime) -> dict[int, Snapshot]:
    """Return the snapshot of each cycle, by its primary key. Left out are cycles that are not the
    latest of their credential. Four queries.
    """
    cycles = list(Cycle.objects.current().filter(pk__in=pks).select_related("credential__trainer"))
    facts = facts_for_all(cycles)
    applications = _first_by_cycle(Application.objects.filter(cycle__in=cycles).foremost())
    petitions = _by_credential(Petition.objects.of_credentials({one.credential_id for one in cycles}))
    return {
        one.pk: snapshot_from_rows(
            one,
            facts[one.pk],
            applications.get(one.pk),
            petitions[one.credential_id],
            today=clock.date_of(now, one.credential.policy.time_zone),
        )
        for one in cycles
    }


def _first_by_cycle(applications: Iterable[Application]) -> dict[int, Application]:
    found: dict[int, Application] = {}
    for one in applications:
        found.setdefault(one.cycle_id, one)
    return found


def _by_credential(petitions: Iterable[Petition]) -> dict[int, tuple[Petition, ...]]:
    found: dict[int, tuple[Petition, ...]] = defaultdict(tuple)
    for one in petitions:
        found[one.credential_id] += (one,)
    return found


register_kind(NoticeKind(REMINDER, "Reminder to renew", "reminder", _renewals_due, _renewal_contexts))
register_kind(NoticeKind(CARD, "Reminder that a card ends", "reminder", _cards_due, _card_contexts))
