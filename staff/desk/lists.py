"""What the lists of petitions, audits and renewals share: the assignee of each row, when it is due,
and what can be done with it.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from cases.desk import asleep_on, held_by, with_desk, with_nobody
from cases.listing import decider_name
from core import clock
from staff.actions import Action, ActionLink, PageContext, run_action, staff_user
from staff.counting import CappedCount, count_words, counts_of
from staff.decisions import DecisionRoom
from staff.desk import actions as case_actions
from staff.desk import bulk
from staff.desk.pages import CaseDesk, DeskRow, case_desk, desk_row, holder_cell, order_of, time_cell
from staff.lists import QueueFilter, ReadOnlyAdmin
from staff.undoing import undo_bar_of_queue
from trainers.models import Trainer

NOTE = "cases.add_note"
OURS = {"waiting": "Waiting", "mine": "Yours", "nobody": "Not assigned", "late": "Late", "snoozed": "Snoozed"}


class DeskFilter(QueueFilter):
    """A filter of a list of cases, with the number of cases behind each choice, such as those that
    wait for staff.

    A subclass defines which rows wait and which of these are late, and may add choices of its own.
    """

    usual = "waiting"
    counted: ClassVar[tuple[str, ...]] = tuple(OURS)
    own: ClassVar[dict[str, str]] = {}  # the labels of its further parts

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self._person, self._counts = staff_user(request), counts_of(request)
        self.labels = {**OURS, **self.own}  # type: ignore[misc]  # of this list
        super().__init__(request, *args)
        if request.GET.keys() - {"p"}:  # something else was asked for, such as the rows of a report's figure
            self._unasked = "all"
        model: type[Model] = args[1]
        parts = self.parts(model._default_manager.all())
        self._counts.ask({f"part_{code}": CappedCount(parts[code]) for code in self.counted})

    def waiting(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return those of `rows` that wait for staff."""
        raise NotImplementedError

    def late(self, waiting: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return those of the `waiting` rows whose promised day has passed."""
        raise NotImplementedError

    def own_parts(self, rows: "QuerySet[Any]") -> "dict[str, QuerySet[Any]]":
        """Return the rows of each part that only this list has."""
        raise NotImplementedError

    def parts(self, rows: "QuerySet[Any]") -> "dict[str, QuerySet[Any]]":
        today = clock.today(settings.TIME_ZONE)
        waiting = self.waiting(rows)
        awake = asleep_on(today, waiting, asleep=False)
        return {
            "waiting": awake,
            "mine": held_by(self._person, awake),
            "nobody": with_nobody(awake),
            "late": self.late(waiting),
            "snoozed": asleep_on(today, waiting),
            **self.own_parts(rows),
        }

    def choices(self, changelist: ChangeList) -> Any:
        """Return the choices of the filter; those whose cases wait for staff show how many there are."""
        for choice, code in zip(super().choices(changelist), self.labels, strict=True):
            count = f" {count_words(self.count_of(code))}" if code in self.counted else ""
            yield {**choice, "display": f"{choice['display']}{count}"}

    def count_of(self, code: str) -> int:
        """Return how many rows are in a part of the filter that waits for staff. Makes no query
        when the page has counted already.
        """
        return self._counts.read(f"part_{code}")


def lead_words(found: ChangeList) -> str:
    """Return how many cases wait and how many are late, as the sentences above the list."""
    desk = next((one for one in found.filter_specs if isinstance(one, DeskFilter)), None)
    if desk is None:
        return ""
    waiting, late = (count_words(desk.count_of(code)) for code in ("waiting", "late"))
    wait = "waits" if waiting == "1" else "wait"
    return f"{waiting} {wait}, {late} late. What is due first stands first."


def shows_all(request: HttpRequest) -> bool:
    """Return whether the list of cases also shows ended ones. There are many, so such a list is not
    sorted by due date.
    """
    return request.GET.get("shows", "all" if request.GET.get("q") else "") in ("ended", "all")


class CaseList(ChangeList):
    """A list whose references link to the page on which staff work with the case."""

    def url_for_result(self, result: object) -> str:
        return str(self.model_admin.address("review", result.pk))  # type: ignore[attr-defined]  # a CaseAdmin


class CaseAdmin(ReadOnlyAdmin):
    """A list of cases. `room` defines how they are decided."""

    room: ClassVar[DecisionRoom]
    list_per_page = 25

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return CaseList

    def get_urls(self) -> list[URLPattern]:
        may = self.room.may_decide
        return [
            self.action("take", case_actions.action_to_take, may, back="review"),
            self.action("assign", case_actions.action_to_assign, may, back="review"),
            self.action("hand-on", case_actions.action_to_hand_on, may, back="review"),
            self.action("snooze", case_actions.action_to_snooze, may, back="review"),
            self.action("wake", case_actions.action_to_wake, may, back="review"),
            self.action("note", case_actions.action_to_note, NOTE, back="review"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Return the cases annotated with who is assigned and until when each is snoozed."""
        return with_desk(super().get_queryset(request), on=clock.today(settings.TIME_ZONE))

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        super().prepare_rows(request, rows)
        for row in rows:
            row.desk = desk_row(row, staff_user(request))

    def render_page(self, request: HttpRequest, template: str, context: PageContext) -> TemplateResponse:
        """Return a page of our own; the page of a case also gets its `CaseDesk`, as `desk`."""
        case = context.get(str(self.opts.model_name))
        if isinstance(case, self.model):
            context = {"desk": self.desk_of(request, case), **context}
        return super().render_page(request, template, context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show the list; above it, how many cases wait and a link to the first."""
        page = {"undo": undo_bar_of_queue(request, self.room), **(extra_context or {})}
        answer = super().changelist_view(request, page)
        shown = answer.context_data if isinstance(answer, TemplateResponse) else None
        if shown and "cl" in shown:
            rows = list(shown["cl"].result_list)
            may = request.user.has_perm(self.room.may_decide)
            shown["first_url"] = self.address("review", rows[0].pk) if rows and may else ""
            page = shown["cl"]
            shown["lead"] = SimpleLazyObject(lambda: lead_words(page))  # the tabs are counted with it
        return answer

    def desk_of(self, request: HttpRequest, case: Any) -> CaseDesk:
        """Return the `CaseDesk` for this person on the page of a case."""
        person = staff_user(request)
        order = order_of(person, self.room.waiting(person)) if person.has_perm(self.room.may_decide) else []
        return case_desk(case, person, order)

    def _row_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        context = super()._row_context(request, object_id)
        if context and object_id and request.user.has_perm(NOTE):
            context["tools"] = [*context["tools"], ActionLink("Add a note…", self.address("note", object_id))]
        return context

    # --- many at once

    actions: tuple[str, ...] = ("assign_these", "snooze_these", "table_of_these")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.room.may_decide)

    @admin.action(description="Assign…", permissions=["decide"])
    def assign_these(self, request: HttpRequest, chosen: "QuerySet[Model]") -> HttpResponse:
        return self.act_on_chosen(request, chosen, bulk.assign_these)

    @admin.action(description="Snooze…", permissions=["decide"])
    def snooze_these(self, request: HttpRequest, chosen: "QuerySet[Model]") -> HttpResponse:
        return self.act_on_chosen(request, chosen, bulk.snooze_these)

    @admin.action(description="Table for a spreadsheet", permissions=["view"])
    def table_of_these(self, request: HttpRequest, chosen: "QuerySet[Model]") -> HttpResponseBase:
        """Answer with the chosen rows as CSV."""
        return self.answer_with_table(request, chosen, asked="chosen rows")

    def response_action(
        self, request: HttpRequest, queryset: "QuerySet[Model]", *args: Any, **options: Any
    ) -> HttpResponse | None:
        """Answer an action on the chosen rows, also on rows that the list no longer shows because a
        colleague decided them meanwhile; the page then says so.
        """
        if request.POST.get("select_across") != "1":
            queryset = self.get_queryset(request)
        return super().response_action(request, queryset, *args, **options)

    def act_on_chosen(
        self, request: HttpRequest, chosen: "QuerySet[Any]", make: Callable[[list[Any], Trainer], Action]
    ) -> HttpResponse:
        """Answer with the page of an action on the chosen rows; redirect to the list once it is
        done.
        """
        rows = list(chosen[: bulk.MOST_ROWS + 1])
        if len(rows) > bulk.MOST_ROWS:
            messages.warning(request, f"Choose at most {bulk.MOST_ROWS} rows. Nothing was done.")
            return redirect(request.get_full_path())
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return run_action(
            request, make(rows, staff_user(request)), back=request.get_full_path(), context=context
        )

    # --- columns

    def own_time_words(self, case: Any) -> str:
        """Return what a case waits for when it does not wait for staff."""
        raise NotImplementedError

    @admin.display(description="time left")
    def time(self, case: Any) -> SafeString:
        row: DeskRow = case.desk
        return time_cell(case, row, clock.today(settings.TIME_ZONE), otherwise=self.own_time_words(case))

    @admin.display(description="with")
    def holder(self, case: Any) -> SafeString:
        return holder_cell(case.desk, decider=decider_name(case))
