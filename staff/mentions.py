"""The mail to a colleague whom a note names. It contains neither the note nor the trainer's name,
because copies of mails stay: the note is read on the staff side, where it can be erased.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Model, QuerySet, Value
from django.urls import reverse

from cases.models import Mention
from cases.notice_codes import MENTIONED
from core.history import join_subject, subject_kind, subject_pk
from core.policy_words import portal_holder, with_article
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks
from trainers.models import Trainer


def mention_words(row: Model) -> str:
    """Return how a sentence names the subject of a note, such as "petition P-4TN8WC"."""
    return f"{row.CASE_NAME} {row}" if hasattr(row, "CASE_NAME") else with_article(portal_holder().singular)


def page_of(row: Model) -> str:
    """Return the URL of the page on which staff work with a case or a trainer."""
    page = "change" if isinstance(row, Trainer) else "review"
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def rows_of_subjects(subjects: set[str]) -> dict[str, Model]:
    """Return the row that each subject names, with what `mention_words` and `page_of` read. One
    query.
    """
    kinds = {subject_kind(one) for one in subjects}
    parts = [
        _named(apps.get_model(kind)).filter(
            pk__in=[subject_pk(one) for one in subjects if subject_kind(one) == kind]
        )
        for kind in sorted(kinds)
    ]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True).values_list("its_kind", "pk", "its_name")
    return {join_subject(kind, pk): _row(apps.get_model(kind), pk, name) for kind, pk, name in rows}


def _named(model: type[Model]) -> "QuerySet[Model]":
    name = F("reference") if hasattr(model, "CASE_NAME") else Value("", CharField())
    rows: Any = model._default_manager.order_by()
    kind = Value(model._meta.label_lower, CharField())
    found: QuerySet[Any] = rows.annotate(its_kind=kind, its_name=name).values("its_kind", "pk", "its_name")
    return found


def _row(model: type[Model], pk: int, name: str) -> Model:
    return model(pk=pk, reference=name) if name else model(pk=pk)


def _mentions(batch: Batch) -> dict[int, Mention]:
    """Return the mention that each notice is about, by the notice's primary key. One query."""
    notes = subject_pks(batch)
    rows = Mention.objects.filter(note__in=set(notes.values())).select_related("note__by")
    by_pair = {(row.note_id, row.person_id): row for row in rows}
    found = {one.pk: by_pair.get((notes[one.pk], one.trainer_id)) for one in batch}
    return {pk: mention for pk, mention in found.items() if mention}


def _still_due(batch: Batch) -> set[int]:
    """Return the notices whose note has not been read, to those who still work here."""
    unread = {pk for pk, mention in _mentions(batch).items() if mention.read_at is None}
    return {one.pk for one in batch if one.pk in unread and one.trainer.is_staff}


def _contexts(batch: Batch) -> Mapping[int, Mapping[str, object]]:
    mentions = _mentions(batch)
    rows = rows_of_subjects({one.note.subject for one in mentions.values()})
    return {pk: mentioned_context(one, rows[one.note.subject]) for pk, one in mentions.items()}


def mentioned_context(mention: Mention, row: Model) -> dict[str, object]:
    """Return what the templates of the mail about a mention need."""
    return {
        "author": mention.note.by.name,
        "about": mention_words(row),
        "link": page_of(row),
        "link_label": "Read the note",
    }


register_kind(NoticeKind(MENTIONED, "A colleague named them in a note", "mentioned", _contexts, _still_due))
