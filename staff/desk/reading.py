"""The notes that name a colleague: Today shows them until they are marked as read."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases import services
from cases.desk import unread_mentions
from cases.models import Mention
from core import clock
from staff.actions import staff_user
from staff.mentions import mention_words, page_of, rows_of_subjects
from trainers.models import Trainer

MOST = 20


@dataclass(frozen=True, slots=True)
class UnreadNote:
    """One note that names this person. `url` leads to the page of its case or trainer."""

    mention: Mention
    about: str
    url: str


def unread_notes(person: Trainer) -> list[UnreadNote]:
    """Return the unread notes that name `person`, the oldest first. Two queries."""
    mentions = list(unread_mentions(person)[:MOST])
    rows = rows_of_subjects({one.note.subject for one in mentions})
    found = ((one, rows[one.note.subject]) for one in mentions if one.note.subject in rows)
    return [UnreadNote(one, mention_words(row), page_of(row)) for one, row in found]


@require_POST
def read_note(request: HttpRequest, object_id: int) -> HttpResponse:
    """Mark a note as read by the colleague whom it names."""
    person = staff_user(request)
    mention = get_object_or_404(Mention, pk=object_id, person=person)
    services.mark_mention_read(mention, by=person, at=clock.now())
    return redirect("admin:index")
