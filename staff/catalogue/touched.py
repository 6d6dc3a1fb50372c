"""The trainers whom a change of the catalogue affects, as the page names them before it is saved
(Q32).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from audits.models import Audit
from ceus.models import CeuRecord, Course
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
    """What a change of the catalogue affects. `ready` counts trainers who have all they need and
    have not submitted a renewal; `short` counts those of them who would fall short if their records
    followed the change.
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
    ready = dict(_ready_without(records, change, busy=set(renewals), today=today))
    people = []
    for _, group in groupby(records, key=lambda one: one.credential_id):
        own = list(group)
        pk = own[0].credential_id
        lines = (_meaning_in_words(one, change.meaning_for(one)) for one in own)
        found = [f"Renewal {one}" for one in renewals.get(pk, ())] + [
            f"Audit of {one}" for one in audits.get(pk, ())
        ]
        if pk in ready:
            found.append("Ready to renew, would fall short" if ready[pk] else "Ready to renew")
        people.append(TouchedPerson(own[0].credential, tuple(lines), tuple(found)))
    return TouchedTrainers(
        mark=mark_of(change, records),
        records=len(records),
        people=tuple(people),
        ready=len(ready),
        short=sum(ready.values()),
        renewals=sum(map(len, renewals.values())),
        audits=sum(map(len, audits.values())),
    )


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
) -> Iterator[tuple[int, bool]]:
    """Yield (credential, whether CEUs would be missing) for each credential that meets all
    requirements today and has no open renewal.
    """
    meanings = {str(one.pk): change.meaning_for(one) for one in records}
    credentials = {one.credential_id: one.credential for one in records if one.credential_id not in busy}
    wanted = sorted(credentials)
    for start in range(0, len(wanted), AT_ONCE):
        cycles = {}
        some = Cycle.objects.filter(credential__in=wanted[start : start + AT_ONCE])
        for cycle in some.order_by("starts_on"):
            cycle.credential = credentials[cycle.credential_id]
            # A later cycle of the same credential replaces the earlier one.
            cycles[cycle.credential_id] = cycle
        facts = facts_for_all(list(cycles.values()))
        for pk, cycle in cycles.items():
            if _is_met(facts[cycle.pk], cycle, today):
                yield pk, not _is_met(_following(facts[cycle.pk], meanings), cycle, today)


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
