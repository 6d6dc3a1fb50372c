"""What staff wrote to each other about a person and about their cases, on the person's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from staff.trainers.theirs import NOTE, OwnedRow
from trainers.models import Trainer

SHOWN = 10


@dataclass(frozen=True, slots=True)
class PersonNote:
    """One note; `about` and `url` name the case that it is about, both empty for the person."""

    text: str
    who: str
    at: datetime | None
    about: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PersonNotes:
    """The newest notes, how many more there are, and the address on which to write one; empty for
    people who may not write any.
    """

    shown: list[PersonNote]
    more: int
    add_url: str = ""


def notes_on_page(rows: Iterable[OwnedRow], trainer: Trainer, viewer: Trainer) -> PersonNotes | None:
    """Return the notes among `rows`, the newest first; None for whoever may not read them or looks at themselves."""
    if viewer.pk == trainer.pk or not viewer.has_perm("cases.view_note"):
        return None
    rows = list(rows)
    cases = {row.subject: row for row in rows}
    notes = [_note(row, cases.get(row.status)) for row in rows if row.kind == NOTE]
    may_add = viewer.has_perm("cases.add_note")
    add_url = reverse("admin:trainers_trainer_note", args=[trainer.pk]) if may_add else ""
    return PersonNotes(notes[:SHOWN], max(len(notes) - SHOWN, 0), add_url)


def _note(row: OwnedRow, case: OwnedRow | None) -> PersonNote:
    about = (case.name, case.url) if case else ("", "")
    return PersonNote(row.more, row.name, row.began_at, *about)
