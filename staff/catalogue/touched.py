"""The trainers whom a change of the catalogue affects, as the page names them before it is saved
(Q32).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from audits.models import Audit
from ceus.models import CeuRecord, Course
from ceus.sharing import is_sharing
from ceus.standing import facts_for_all
from ceus.touched import ListingChange, RecordWorth, mark_of, touched_records
from core.policy_words import amount_in_words, portal_unit
from renewals.models import Application
from rules.days import day_in_words
from rules.facts import Facts
from rules.standing import assess
from trainers.models import Credential, Cycle

AT_ONCE = 500  # cycles whose records are read in one query
SENT = (Application.State.SUBMITTED, Application.State.IN_REVIEW, Application.State.RETURNED)


@dataclass(frozen=True)
class TouchedPerson:
    """One affected trainer: what would change for each record, and which renewals and audits of
    theirs are open.
    """

    credential: Credential
    records: tuple[str, ...]
    under_way: tuple[str, ...]


@dataclass(frozen=True)
class TouchedTrainers:
    """What a change of the catalogue affects. `ready` counts trainers who have all they need for a
    certification and have not submitted its renewal; `short` counts those of them who would fall short
    for one if their records followed the change.
    """

    mark: str
    records: int
    people: tuple[TouchedPerson, ...]
    ready: int
    short: int
    renewals: int
    audits: int


def touched_by(change: ListingChange, *, today: date) -> TouchedTrainers:
    """Return what `change` affects, trainers sorted by name."""
    records = list(touched_records(change).select_related("credential__trainer"))
    renewals, audits = _renewals_of(change), _audits_of(change)
    ready: dict[int, list[tuple[Credential, bool]]] = defaultdict(list)  # by trainer
    for credential, is_short in _ready_without(records, change, busy=set(renewals), today=today):
        ready[credential.trainer_id].append((credential, is_short))
    logged_for, told = {one.credential_id for one in records}, set[int]()
    people = []
    for _, group in groupby(records, key=lambda one: one.credential_id):
        own = list(group)
        pk = own[0].credential_id
        lines = (_meaning_in_words(one, change.meaning_for(one)) for one in own)
        found = [f"Renewal {one}" for one in renewals.get(pk, ())] + [
            f"Audit of {one}" for one in audits.get(pk, ())
        ]
        # What shares the records, and has none of its own, is named once.
        for credential, is_short in ready[own[0].credential.trainer_id]:
            if credential.pk == pk or credential.pk not in logged_for | told:
                found.append(_ready_in_words(credential, is_short, own[0].credential))
                told.add(credential.pk)
        people.append(TouchedPerson(own[0].credential, tuple(lines), tuple(found)))
    return TouchedTrainers(
        mark=mark_of(change, records),
        records=len(records),
        people=tuple(people),
        ready=sum(map(bool, ready.values())),
        short=sum(any(is_short for _, is_short in found) for found in ready.values()),
        renewals=sum(map(len, renewals.values())),
        audits=sum(map(len, audits.values())),
    )


def _ready_in_words(credential: Credential, is_short: bool, named: Credential) -> str:
    """Return that a certification is ready to renew, with its number when it is not `named`."""
    words = "Ready to renew, would fall short" if is_short else "Ready to renew"
    return words if credential == named else f"{credential.display_number}: {words}"


def differences_of(change: ListingChange) -> list[tuple[str, str, str]]:
    """Return (what changes, its value today, its value after the change) in words, for each thing
    that the change would change.
    """
    days = change.row.approved_days
    found = [
        ("Approved from", day_in_words(days.first), day_in_words(change.approved.first)),
        ("Approved through", _end_words(days.last), _end_words(change.approved.last)),
    ]
    if isinstance(change.row, Course) and change.hundredths is not None and change.ceus_from:
        then = f"{portal_unit().format(change.hundredths)} from {day_in_words(change.ceus_from)}"
        found.append((portal_unit().plural, portal_unit().format(change.row.hundredths), then))
    if change.provider and isinstance(change.row, Course) and change.provider != change.row.provider:
        found.append(("Provider", change.row.provider.name, change.provider.name))
    return [(what, now, then) for what, now, then in found if now != then]


def _end_words(last: date | None) -> str:
    return day_in_words(last) if last else "no end"


def _renewals_of(change: ListingChange) -> dict[int, list[str]]:
    """Return, by credential, the submitted renewals that claim an affected record."""
    cycles = touched_records(change).order_by().exclude(claimed_for=None).values("claimed_for")
    sent = Application.objects.filter(cycle__in=cycles, state__in=SENT).order_by("pk")
    return _grouped(sent.values_list("cycle__credential_id", "reference"))


def _audits_of(change: ListingChange) -> dict[int, list[str]]:
    """Return, by credential, the renewals whose open audit includes an affected record."""
    audits = Audit.objects.unended().filter(items__record__in=touched_records(change).order_by().values("pk"))
    return _grouped(audits.order_by("pk").values_list("cycle__credential_id", "renewal").distinct())


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for pk, name in pairs:
        found.setdefault(pk, []).append(name)
    return found


def _ready_without(
    records: Sequence[CeuRecord], change: ListingChange, *, busy: set[int], today: date
) -> Iterator[tuple[Credential, bool]]:
    """Yield (credential, whether CEUs would be missing) for each credential that meets all
    requirements today and has no open renewal: one with an affected record, or one that shares it.
    """
    meanings = {str(one.pk): change.meaning_for(one) for one in records}
    logged_for = {one.credential_id for one in records}
    trainers = sorted({one.credential.trainer_id for one in records})
    for start in range(0, len(trainers), AT_ONCE):
        some = Cycle.objects.current().filter(credential__trainer__in=trainers[start : start + AT_ONCE])
        rows = some.exclude(credential__in=busy).select_related("credential__trainer").order_by("credential")
        cycles = [one for one in rows if one.credential_id in logged_for or is_sharing(one)]
        facts = facts_for_all(cycles)
        for cycle in cycles:
            own = facts[cycle.pk]
            is_touched = cycle.credential_id in logged_for or any(one.id in meanings for one in own.records)
            if is_touched and _is_met(own, cycle, today):
                yield cycle.credential, not _is_met(_following(own, meanings), cycle, today)


def _is_met(facts: Facts, cycle: Cycle, today: date) -> bool:
    return all(one.met for one in assess(facts, today, cycle.policy).requirements)


def _following(facts: Facts, meanings: dict[str, RecordWorth]) -> Facts:
    """Return the facts as they would be if the change were applied to the affected records."""
    records = []
    for fact in facts.records:
        meaning = meanings.get(fact.id)
        if meaning and not meaning.approved:
            continue
        records.append(replace(fact, ceus=meaning.hundredths, approved_through=None) if meaning else fact)
    return replace(facts, records=tuple(records))


def _meaning_in_words(record: CeuRecord, meaning: RecordWorth) -> str:
    before = amount_in_words(record.hundredths) if record.approved else "not approved"
    after = amount_in_words(meaning.hundredths) if meaning.approved else "not approved"
    return f"{record.title}, {day_in_words(record.completed_on)}: {before}, by the list {after}"
