"""The list of all notes of staff, for leads. A lead does not find notes about themselves in it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from cases.models import Note
from core.policy_words import in_policy_words
from staff.lists import ReadOnlyAdmin
from staff.mentions import mention_words, page_of, rows_of_subjects
from staff.payments.pages import PEOPLE
from staff.reports.span import span_filter

LEADS = "trainers.lead_people"
SHOWN = 160  # characters of a note in the list


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin[Note]):
    person = "trainer"
    search_help_text = in_policy_words(PEOPLE)
    list_display = ("at", "about", "who", "shortened", "by")
    list_filter = (span_filter("at", "written"),)
    list_select_related = ("trainer", "by")
    fields = ("at", "about", "trainer", "text", "by")

    def has_view_permission(self, request: HttpRequest, obj: Note | None = None) -> bool:
        return super().has_view_permission(request, obj) and request.user.has_perm(LEADS)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Note]":
        return super().get_queryset(request).exclude(trainer=request.user.pk).select_related("trainer", "by")

    def prepare_rows(self, request: HttpRequest, rows: list[Note]) -> None:
        """Read the cases and trainers that the notes are about, for all rows together."""
        _add_subjects(rows)

    @admin.display(description="about")
    def about(self, note: Note) -> str | SafeString:
        if not hasattr(note, "its_subject"):
            _add_subjects([note])
        row = vars(note)["its_subject"]
        return format_html('<a href="{}">{}</a>', page_of(row), mention_words(row)) if row else "–"

    @admin.display(description="note")
    def shortened(self, note: Note) -> str:
        return Truncator(note.text).chars(SHOWN)


def _add_subjects(notes: list[Note]) -> None:
    found = rows_of_subjects({note.subject for note in notes})
    for note in notes:
        vars(note)["its_subject"] = found.get(note.subject)
