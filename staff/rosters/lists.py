"""Rosters as staff see them: the state of each, what each row would do, and the rows as a table."""

from collections.abc import Iterator
from functools import partial

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path

from core import clock
from core.history import record_history
from core.pagination import CappedPaginator
from core.spreadsheet import stream_csv, text_cell
from staff.actions import ActionLink, staff_user
from staff.lists import ReadOnlyAdmin
from staff.rosters import actions
from staff.rosters.sending import MAY, send_page
from trainers.models import Credential, Roster, RosterLine

State, Outcome = Roster.State, RosterLine.Outcome
PER_PAGE = 50
STEPS = {  # state: the actions that are possible
    State.CHECKING: (("drop", "Drop…"),),
    State.CHECKED: (("apply", "Apply…"), ("check-again", "Check again…"), ("drop", "Drop…")),
}
HEADER = ("Line", "What", "Number", "Name", "Column", "Value", "Before and after", "Sentence")
ORDER = (Outcome.BAD, Outcome.CHANGED, Outcome.NEW, Outcome.UNCHANGED)


@admin.register(Roster)
class RosterAdmin(ReadOnlyAdmin[Roster]):
    texts = ("name__icontains",)
    search_help_text = "A part of the file's name"
    ordering = ("-sent_at", "-pk")
    list_display = ("name", "state", "new", "changed", "unchanged", "bad", "sent_by", "sent_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("sent_by",)
    change_list_template = "admin/rosters/list.html"
    change_form_template = "admin/rosters/roster.html"
    fields = (
        *("name", "state", "exported_on", "policy_code", "sent_by", "sent_at", "checked_at"),
        *("confirmed_by", "confirmed_at", "ended_at", "size", "sha256"),
    )

    def get_urls(self) -> list[URLPattern]:
        send = self.admin_site.admin_view(partial(send_page, self))
        pages = {
            "apply": actions.action_to_apply,
            "check-again": actions.action_to_check_again,
            "drop": actions.action_to_drop,
        }
        return [
            path("send/", send, name=self.url_name("send")),
            self.page("report", roster_table, "trainers.view_roster"),
            *(self.action(name, make, MAY) for name, make in pages.items()),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Roster) -> list[ActionLink]:
        if not request.user.has_perm(MAY):
            return []
        steps = STEPS.get(State(row.state), ())
        may_apply = bool(row.rows) and not row.bad
        return [
            ActionLink(label, self.address(name, row.pk))
            for name, label in steps
            if name != "apply" or may_apply
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"may_send": request.user.has_perm(MAY), **(extra_context or {})}
        )

    def _row_context(self, request: HttpRequest, object_id: str | None) -> dict[str, object]:
        found = super()._row_context(request, object_id)
        row = self.get_object(request, object_id) if found and object_id else None
        return {**found, **rows_page(row, request)} if row else found


def shown_lines(roster: Roster) -> "QuerySet[RosterLine]":
    """Return the rows of the roster's newest finished check."""
    return roster.lines.filter(attempt=roster.lines_of)


def rows_page(roster: Roster, request: HttpRequest) -> dict[str, object]:
    """Return the counts of a roster, and one page of the rows with the outcome that the query asks
    for.
    """
    counts = {outcome: getattr(roster, outcome.value) or 0 for outcome in ORDER}
    asked = request.GET.get("shows", "")
    usual = next((outcome for outcome in ORDER if counts[outcome]), Outcome.NEW)
    shows = Outcome(asked) if asked in Outcome.values else usual
    paginator = CappedPaginator(shown_lines(roster).filter(outcome=shows), PER_PAGE)
    rows = [(outcome, outcome.label, counts[outcome]) for outcome in ORDER]
    return {
        "roster": roster,
        "counts": rows,
        "shows": shows,
        "lines": paginator.get_page(request.GET.get("page")),
        "is_checked": roster.checked_at is not None,
    }


def roster_table(request: HttpRequest, roster: Roster) -> HttpResponseBase:
    """Answer with the rows that have one outcome, or with all, as CSV. History records who
    downloaded them.
    """
    person, lines = staff_user(request), shown_lines(roster)
    asked = request.GET.get("shows", "")
    if asked in Outcome.values:
        lines = lines.filter(outcome=asked)
    with transaction.atomic():
        detail = {"list": f"rows of roster {roster.pk}", "asked": asked[:20]}
        record_history(person, "exported", trainer=None, by=person, at=clock.now(), detail=detail)
    return stream_csv(f"roster-{roster.pk}", HEADER, _cells(lines.iterator(chunk_size=500)))


def _cells(lines: Iterator[RosterLine]) -> Iterator[list[str]]:
    for line in lines:
        number = Credential(number=line.number).display_number if line.number else ""
        changes = "; ".join(f"{column}: {was} → {now}" for column, was, now in line.changes)
        cells = (number, line.name, line.column, line.value, changes, line.words)
        yield [str(line.line), line.get_outcome_display(), *map(text_cell, cells)]
