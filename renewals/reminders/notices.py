"""The two kinds of reminder as notices. A reminder is still due while no later one is due and the
trainer has not acted. The cases of a batch are read with one query for each kind of row.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.text import get_text_list

from ceus.models import CeuRecord
from ceus.sharing import is_sharing
from ceus.standing import facts_for_all
from core import clock
from core.constraints import require_value
from core.links import path_of
from core.mail import SharedContext
from outbox.models import Notice
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks
from petitions.described import describe_petitions
from petitions.models import Petition
from renewals.models import Application
from renewals.notice_codes import CARD, REMINDER
from renewals.pages.lower import asks_for_nothing
from renewals.pages.overview import urgency_of
from renewals.pages.snapshot import Snapshot, State, snapshot_from_rows
from renewals.ranks import load_renewals_above
from renewals.reminders.letters import ReminderLetter, card_letter, renewal_letter
from renewals.reminders.together import companions_of, is_told_twice, joined_reminders
from renewals.services.reminders import reminder_event
from rules.days import CyclePeriod
from rules.policy.load import load_policy
from rules.reminders import Mark, last_day_marks, reminders_due, renewal_marks
from trainers.certifications import links_within
from trainers.lookups import is_of_several, mark_several
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
    asks = snapshot and _is_open(snapshot) and not asks_for_nothing(snapshot)
    mark = _renewal_mark(snapshot) if snapshot and asks else None
    return bool(snapshot and mark and event == reminder_event(mark, snapshot.cycle.expires_on))


def _renewal_contexts(batch: Batch) -> dict[int, Mapping[str, object]]:
    wanted = subject_pks(batch)
    cases = cases_of(set(wanted.values()), clock.now())
    return {pk: _renewal_context(cases[cycle]) for pk, cycle in wanted.items() if cycle in cases}


def _renewal_contexts_due(batch: Batch) -> dict[int, Mapping[str, object]]:
    wanted = subject_pks(batch)
    cases = cases_of(set(wanted.values()), clock.now())
    several = [one for one in batch if _is_of_several(cases.get(wanted[one.pk]))]
    joined = {one.pk for one in several}
    alone = (one for one in batch if one.pk not in joined)
    latest = (one.pk for one in alone if _is_latest(one.event, cases.get(wanted[one.pk])))
    return {pk: _renewal_context(cases[wanted[pk]]) for pk in latest} | _joined_contexts(several)


def _joined_contexts(batch: Batch) -> dict[int, Mapping[str, object]]:
    """Return the contexts of those of `batch`, all to people with several certifications, that are to
    be sent: each is about all of the person's (`renewals.reminders.together`).
    """
    now = clock.now()
    companions = companions_of(REMINDER, {one.trainer_id for one in batch}, now=now)
    wanted = subject_pks(companions)
    cases = cases_of(set(wanted.values()), now) if companions else {}

    def snapshot_if_due(notice: Notice) -> Snapshot | None:
        snapshot = cases.get(wanted[notice.pk])
        return snapshot if _is_latest(notice.event, snapshot) else None

    joined = joined_reminders(batch, companions, snapshot_if_due=snapshot_if_due, now=now, zone=_zone())
    return {one.notice.pk: _joined_context(one.snapshots) for one in joined}


def _zone() -> str:
    return load_policy(settings.PORTAL_POLICY).time_zone


def _is_of_several(snapshot: Snapshot | None) -> bool:
    return snapshot is not None and is_of_several(snapshot.cycle)


def _renewal_context(snapshot: Snapshot) -> Mapping[str, object]:
    with links_within(snapshot.credential if is_of_several(snapshot.cycle) else None):
        return reminder_context(snapshot, renewal_letter(snapshot))


def _joined_context(snapshots: Sequence[Snapshot]) -> Mapping[str, object]:
    """Return what the templates need for one mail about these certifications, the most urgent first.
    Of several, the link leads to the Home that lists them all.
    """
    first, *others = snapshots
    return _together(_renewal_context(first), snapshots, [renewal_letter(one) for one in others])


def _together(
    alone: Mapping[str, object], snapshots: Sequence[Snapshot], letters: Sequence[ReminderLetter]
) -> Mapping[str, object]:
    """Return what one mail about several certifications needs: `alone` is that of the first one, `letters`
    are those of the others. Without others it is `alone`.
    """
    if not letters:
        return alone
    numbers = [one.credential.display_number for one in snapshots]
    return {
        **alone,
        "first": numbers[0],
        "others": list(zip(numbers[1:], letters, strict=True)),
        "number": get_text_list(numbers, "and"),
        "link": path_of("renewals:home"),
        "link_label": "See all your certifications",
    }


def reminder_context(snapshot: Snapshot, letter: ReminderLetter) -> SharedContext:
    """Return what the templates of a reminder need."""
    return SharedContext(
        {"letter": letter, "link": letter.link, "link_label": letter.link_label},
        number=snapshot.credential.display_number,
    )


def _cards(batch: Batch) -> dict[int, tuple[CeuRecord, list[Snapshot]]]:
    """Return, by the notice's primary key, the card of each notice and the snapshot of every
    certification that it may count for: of the one that it was logged for, and of those that share it.
    """
    wanted = subject_pks(batch)
    records = CeuRecord.objects.present().select_related("credential").in_bulk(set(wanted.values()))
    logged_for = {one.credential_id for one in records.values()}
    owners = {one.credential.trainer_id for one in records.values()}
    cycles = Cycle.objects.current().filter(credential__trainer__in=owners).select_related("credential")
    asked = {one.pk for one in cycles if one.credential_id in logged_for or is_sharing(one)}
    theirs: dict[int, list[Snapshot]] = defaultdict(list)
    for snapshot in cases_of(asked, clock.now()).values():
        theirs[snapshot.credential.trainer_id].append(snapshot)
    found = {pk: records[record] for pk, record in wanted.items() if record in records}
    return {pk: (one, theirs[one.credential.trainer_id]) for pk, one in found.items()}


def _cards_due(batch: Batch) -> set[int]:
    cards = _cards(batch)
    return {one.pk for one in batch if one.pk in cards and _where_due(one.event, *cards[one.pk])}


def _where_due(event: str, record: CeuRecord, snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """Return the certifications for which `event` is still the latest reminder about this card, the
    most urgent first. The days of the reminder are those of the policy that the card was logged under.
    """
    through, policy = require_value(record.valid_through), record.credential.policy
    marks = last_day_marks(policy, "card", through)
    mark = reminders_due(marks, clock.today(policy.time_zone))
    if not mark or event != reminder_event(mark, through):
        return []
    found = [one for one in snapshots if through >= one.today and _needs_card(record, one)]
    return sorted(found, key=urgency_of)


def _needs_card(record: CeuRecord, snapshot: Snapshot) -> bool:
    """Return whether a certification waits for this card: it is the newest one, the cycle can still be
    renewed by itself, and no renewal is undecided.
    """
    newest = snapshot.newest_card
    return (
        newest is not None
        and newest.id == str(record.pk)
        and _is_open(snapshot)
        and snapshot.can_still_renew
        and not asks_for_nothing(snapshot)
    )


def _card_contexts(batch: Batch) -> dict[int, Mapping[str, object]]:
    cards = _cards(batch)
    shown = {one.pk: _where_due(one.event, *cards[one.pk]) for one in batch if one.pk in cards}
    own = {
        pk: [one for one in cards[pk][1] if one.credential.pk == cards[pk][0].credential_id] for pk in shown
    }
    return {pk: _card_context(cards[pk][0], due or own[pk]) for pk, due in shown.items()}


def _card_contexts_due(batch: Batch) -> dict[int, Mapping[str, object]]:
    cards = _cards(batch)
    several = {
        one.trainer_id for one in batch if one.pk in cards and any(map(_is_of_several, cards[one.pk][1]))
    }
    companions = companions_of(CARD, several, now=clock.now())
    cards |= _cards([one for one in companions if one.pk not in cards])
    asked = [one for one in (*batch, *companions) if one.pk in cards]
    due = {one.pk: found for one in asked if (found := _where_due(one.event, *cards[one.pk]))}
    chosen = (one.pk for one in batch if one.pk in due and not is_told_twice(one, companions, due.keys()))
    return {pk: _card_context(cards[pk][0], due[pk]) for pk in chosen}


def _card_context(record: CeuRecord, snapshots: Sequence[Snapshot]) -> Mapping[str, object]:
    """Return what the mail about a card needs: a letter for each certification, the most urgent first."""
    through = require_value(record.valid_through)
    first, *others = snapshots
    with links_within(first.credential if is_of_several(first.cycle) else None):
        context = reminder_context(first, card_letter(first, through))
    return _together(context, snapshots, [card_letter(one, through) for one in others])


def cases_of(pks: Collection[int], now: datetime) -> dict[int, Snapshot]:
    """Return the snapshot of each cycle, by its primary key. Left out are cycles that are not the
    latest of their credential. Four queries, and as many more as the policies ask for, however many
    cycles there are.
    """
    current = mark_several(Cycle.objects.current().filter(pk__in=pks))
    cycles = list(current.select_related("credential__trainer"))
    facts = facts_for_all(cycles)
    applications = _first_by_cycle(Application.objects.filter(cycle__in=cycles).foremost())
    rows = list(Petition.objects.of_credentials({one.credential_id for one in cycles}))
    petitions = _by_credential(rows)
    describe_petitions(rows)  # at once, not for each person
    load_renewals_above(cycles)
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


register_kind(
    NoticeKind(
        REMINDER,
        "Reminder to renew",
        "reminder",
        _renewal_contexts,
        _renewals_due,
        read_once=_renewal_contexts_due,
    )
)
register_kind(
    NoticeKind(
        CARD,
        "Reminder that a card ends",
        "reminder",
        _card_contexts,
        _cards_due,
        read_once=_card_contexts_due,
    )
)
