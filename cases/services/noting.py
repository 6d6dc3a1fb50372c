"""Notes that staff write to each other about a case or a trainer. A trainer never sees them."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from cases.desk import colleagues_with
from cases.locking import credential_of_case
from cases.models import LONGEST_NOTE, Mention, Note
from cases.notice_codes import MENTIONED
from cases.protocols import DecidedCase
from core.errors import Refusal
from core.history import record_history, subject_of
from core.transitions import check_words
from outbox.notices import queue_notice
from trainers.models import Trainer

WRITE = "cases.add_note"
READ = "cases.view_note"
SAID_TWICE = 60  # seconds: the same words of one person about the same row within them are one note
_MENTION = re.compile(r"(?<![\w@.])@(?=\w)")  # not the one inside an email address
_WORD = re.compile(r"[\w'’-]+")


def add_note(row: Trainer | DecidedCase, *, text: str, by: Trainer, at: datetime) -> Note:
    """Add a note about a case or a trainer, and mail each colleague whom the text names as @name,
    once. The same text sent twice within a minute makes one note.

    Raises Refusal for a note about oneself, and at the field "text" for an empty note and for a
    name that fits no colleague or several.
    """
    trainer = row if isinstance(row, Trainer) else credential_of_case(row).trainer
    with transaction.atomic():
        Trainer.objects.select_for_update().get(pk=by.pk)  # one note of a person after the other
        if not by.has_perm(WRITE):
            raise Refusal("You may not write notes.", code="not_allowed")
        if trainer.pk == by.pk:
            raise Refusal("Somebody else writes notes about you.", code="own_case")
        text = check_words(text, longest=LONGEST_NOTE, field="text", what="the note")
        before = Note.objects.filter(subject=subject_of(row), by=by, text=text).order_by("-pk").first()
        if before and (at - before.at).total_seconds() < SAID_TWICE:
            return before
        named = mentioned_colleagues(text, colleagues_with(READ))
        _check_not_about(named, trainer)
        note = Note.objects.create(subject=subject_of(row), trainer=trainer, text=text, by=by, at=at)
        record_history(note, "noted", trainer=trainer, by=by, at=at, detail={"about": note.subject})
        for person in named:
            _add_mention(note, person, at=at)
        return note


def mark_mention_read(mention: Mention, *, by: Trainer, at: datetime) -> Mention:
    """Mark that a colleague has read the note that names them. Idempotent."""
    with transaction.atomic():
        mention = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
        if mention.person_id != by.pk:
            raise Refusal("This note is for somebody else.", code="not_allowed")
        if mention.read_at is None:
            mention.read_at = at
            mention.save(update_fields=["read_at"])
        return mention


def mentioned_colleagues(text: str, colleagues: Iterable[Trainer]) -> list[Trainer]:
    """Return the colleagues whom `text` names as @Whole Name or @First, each once. Raises Refusal,
    at the field "text", for a name that fits no colleague or several.
    """
    staff = list(colleagues)
    found: dict[int, Trainer] = {}
    for at in _MENTION.finditer(text):
        person = _named_person(text[at.end() :], staff)
        found[person.pk] = person
    return list(found.values())


def _named_person(rest: str, staff: list[Trainer]) -> Trainer:
    """Return the one colleague with whose whole name `rest` begins, otherwise the one with whose
    first name it begins. Raises Refusal for none or several.
    """
    whole = [one for one in staff if _begins_with(rest, one.name)]
    if whole:
        longest = max(len(one.name) for one in whole)
        whole = [one for one in whole if len(one.name) == longest]
    fitting = whole or [one for one in staff if _begins_with(rest, one.get_short_name())]
    if len(fitting) == 1:
        return fitting[0]
    word = _WORD.match(rest)
    name = f"@{word[0] if word else ''}"
    if not fitting:
        raise Refusal(f"Nobody who works here is called {name}.", code="nobody", field="text")
    names = " or ".join(f"@{one.name}" for one in fitting)
    raise Refusal(f"{name} fits several colleagues. Write {names}.", code="several", field="text")


def _begins_with(rest: str, name: str) -> bool:
    if not name or not rest.casefold().startswith(name.casefold()):
        return False
    after = rest[len(name) : len(name) + 1]
    return not (after.isalnum() or after == "_")


def _check_not_about(named: list[Trainer], trainer: Trainer) -> None:
    if any(person.pk == trainer.pk for person in named):
        sentence = f"This note is about {trainer.name}. They cannot read it, so do not name them with @."
        raise Refusal(sentence, code="about_them", field="text")


def _add_mention(note: Note, person: Trainer, *, at: datetime) -> None:
    """Record that the note names a colleague, and mail them. Does nothing for the author of the note."""
    if person.pk == note.by_id:
        return
    Mention.objects.create(note=note, person=person)
    queue_notice(MENTIONED, subject=subject_of(note), event=f"to:{person.pk}", trainer=person, send_at=at)
