"""The page of one person, made for answering the telephone: their standing, what waits, what
happened, what can be done.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Conflict
from cases.pages import StateCard
from core import clock
from core.gathered import Gathered
from core.models import Erasure
from core.policy_words import portal_policy
from outbox.models import Notice
from renewals.pages.cards import state_of
from renewals.pages.overview import urgency_of
from renewals.pages.snapshot_at_once import SNAPSHOT, snapshot_of_row
from rules.days import day_in_words
from staff.trainers.doing import ActionGroup, Person, actions_for
from staff.trainers.dues import UnpaidDue, unpaid_dues
from staff.trainers.lists_of_person import OpenCase, ShortList, open_cases, short_lists
from staff.trainers.notes import PersonNotes, notes_on_page
from staff.trainers.reaching import reaching_counts, reaching_of
from staff.trainers.standing import TrainerSummary, trainer_summary
from staff.trainers.theirs import OwnedRow, decisions_to_undo, rows_of, things_of
from staff.trainers.timeline import Timeline, TimelineQuery, timeline_counts, timeline_of, timeline_rows
from trainers.lookups import LAST_CYCLE
from trainers.models import Credential, Cycle, Trainer

CYCLES = Gathered(
    Cycle.objects.current().filter(credential__trainer=OuterRef("pk")).order_by(*LAST_CYCLE),
    related=("credential",),
)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The data of a person's page. `standing` is None for an account without a certification; `merged` has address, name and
    moment of each account that became part of this one.
    """

    trainer: Trainer
    numbers: list[tuple[str, str]]
    since: str
    standing: TrainerSummary | None
    others: list[tuple[str, StateCard]]  # (number, what its Home shows) of further certifications
    dues: list[UnpaidDue]
    cases: list[OpenCase]
    timeline: Timeline
    reaching: list[tuple[str, str]]
    roles: str
    actions: list[ActionGroup]
    lists: list[ShortList]
    notes: PersonNotes | None
    knows: bool  # whether the viewer has declared to know this person
    erased: bool
    merged: list[tuple[str, str, datetime | None]]


def with_counts(rows: "QuerySet[Trainer]", asked: TimelineQuery, viewer: Trainer) -> "QuerySet[Trainer]":
    """Return `rows` annotated with the counts and facts that the page shows, so that it needs no
    query for each.
    """
    known = Conflict.objects.filter(colleague=viewer, trainer=OuterRef("pk"))
    erased = Erasure.objects.filter(trainer=OuterRef("pk"), state__in=Erasure.IN_FORCE)
    marks = {"its_known": Exists(known), "is_erased": Exists(erased)}
    counts = {**marks, **reaching_counts(), **timeline_counts(asked)}
    return rows.annotate(**counts, **timeline_rows(asked), **SNAPSHOT, its_cycles=CYCLES)


def _cycles_of(trainer: Trainer) -> list[Cycle]:
    """Return the current cycle of each credential of a trainer from `with_counts`, first the one that
    `cycle_of` returns. No query.
    """
    cycles = CYCLES.read(trainer.its_cycles)  # type: ignore[attr-defined]  # an annotation
    for cycle in cycles:
        cycle.credential.trainer = trainer
    return cycles


def _others(trainer: Trainer, cycles: list[Cycle], now: datetime) -> list[tuple[str, StateCard]]:
    """Return (number, what its Home shows) of these certifications, the most urgent first."""
    known = [one for one in cycles if one.credential.state != Credential.State.ERASED]
    days = {one.pk: clock.date_of(now, one.policy.time_zone) for one in known}
    snapshots = [snapshot_of_row(trainer, one, today=days[one.pk]) for one in known]
    return [(one.credential.display_number, state_of(one)) for one in sorted(snapshots, key=urgency_of)]


def person_page(trainer: Trainer, viewer: Trainer, asked: TimelineQuery) -> PersonPage:
    """Return the page of a trainer from `with_counts`, as `viewer` may see it today."""
    cycles = _cycles_of(trainer)
    cycle = next(iter(cycles), None)
    now, zone = clock.now(), (cycle.policy if cycle else portal_policy()).time_zone
    today = clock.date_of(now, zone)
    rows = rows_of(trainer, viewer)
    sees_mail = viewer.has_perm("outbox.view_notice")
    entries, mails = (column.read(getattr(trainer, name)) for name, column in timeline_rows(asked).items())
    mails = mails if sees_mail else []
    standing = _standing(trainer, cycle, today) if viewer.has_perm("trainers.view_cycle") else None
    knows = bool(getattr(trainer, "its_known", False))
    erased: bool = trainer.is_erased  # type: ignore[attr-defined]  # annotated
    return PersonPage(
        trainer=trainer,
        numbers=_numbers(rows),
        since=_since(cycle),
        standing=standing,
        others=_others(trainer, cycles[1:], now) if standing else [],
        dues=unpaid_dues(cycles, now) if standing else [],
        cases=open_cases(rows, today),
        timeline=timeline_of(
            trainer,
            asked,
            things_of(rows),
            entries,
            mails,
            history=viewer.has_perm("core.view_historyentry"),
            mail=sees_mail,
            undo=decisions_to_undo(rows, viewer),
        ),
        reaching=reaching_of(trainer, zone=zone, now=now),
        roles=_roles(trainer),
        actions=actions_for(_person(trainer, viewer, cycles, erased=erased, known=knows)),
        lists=_lists(trainer, viewer, rows, mails, standing, zone),
        notes=notes_on_page(rows, trainer, viewer),
        knows=knows,
        erased=erased,
        merged=[(row.name, row.more, row.began_at) for row in rows if row.kind == "core.merge"],
    )


def _person(trainer: Trainer, viewer: Trainer, cycles: list[Cycle], *, erased: bool, known: bool) -> Person:
    return Person(trainer, viewer, tuple(one.credential for one in cycles), erased=erased, known=known)


def _standing(trainer: Trainer, cycle: Cycle | None, today: date) -> TrainerSummary | None:
    return trainer_summary(snapshot_of_row(trainer, cycle, today=today)) if cycle else None


def _lists(
    trainer: Trainer,
    viewer: Trainer,
    rows: list[OwnedRow],
    mails: list[Notice],
    standing: TrainerSummary | None,
    zone: str,
) -> list[ShortList]:
    return short_lists(
        rows,
        mails,
        trainer=trainer.pk,
        mail_count=getattr(trainer, "its_mails", 0) or 0,
        counted=f"{standing.counted} of {standing.required}" if standing and standing.most else "",
        zone=zone,
        may=viewer.has_perm,
    )


def _numbers(rows: list[OwnedRow]) -> list[tuple[str, str]]:
    """Return (number, URL) of each certification, the newest first."""
    found = [row for row in rows if row.kind == "trainers.credential"]
    return [(Credential(number=row.name).display_number, row.url) for row in found]


def _since(cycle: Cycle | None) -> str:
    if cycle is None:
        return ""
    word = "first certified on" if cycle.status_path else "certified since"
    return f"{word} {day_in_words(cycle.credential.awarded_on)}"


def _roles(trainer: Trainer) -> str:
    """Return what a colleague may do here, empty for a trainer."""
    if not trainer.is_staff:
        return ""
    groups = ", ".join(trainer.groups.order_by("name").values_list("name", flat=True))
    return "superuser" if trainer.is_superuser else groups or "no role yet"
