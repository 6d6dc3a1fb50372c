"""What the lists of petitions, audits and renewals share: the assignee of each row, when it is due,
and what can be done with it.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

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

from audits.models import Audit
from cases.desk import asleep_on, assigned_cases, with_desk, with_nobody
from cases.listing import decider_name
from core import clock
from petitions.models import Petition
from renewals.models import Application
from staff.actions import Action, ActionLink, PageContext, run_action, staff_user
from staff.counting import CappedCount, count_words, counts_of
from staff.decisions import DecisionRoom
from staff.desk import actions as case_actions
from staff.desk import bulk
from staff.desk.pages import CaseDesk, DeskRow, assignee_cell, case_desk, desk_row, order_of, time_cell
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.undoing import undo_bar_of_queue
from trainers.models import Trainer

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices as FilterChoice

Case = TypeVar("Case", bound=Application | Audit | Petition)
NOTE = "cases.add_note"
OURS = {"waiting": "Waiting", "mine": "Yours", "nobody": "Not assigned", "late": "Late", "snoozed": "Snoozed"}


class DeskFilter(QueueFilter[Case]):
    """A filter of a list of cases, with the number of cases behind each choice, such as those that
    wait for staff.

    A subclass defines which rows wait and which of these are late, and may add choices of its own.
    """

    usual = "waiting"
    counted: ClassVar[tuple[str, ...]] = tuple(OURS)
    own: ClassVar[dict[str, str]] = {}  # the labels of its further parts

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Case],
        model_admin: "admin.ModelAdmin[Case]",
    ) -> None:
        self._person, self._counts = staff_user(request), counts_of(request)
        self.labels = {**OURS, **self.own}  # type: ignore[misc]  # of this list
        super().__init__(request, params, model, model_admin)
        if request.GET.keys() - {"p"}:  # something else was asked for, such as the rows of a report's figure
            self._unasked = "all"
        parts = self.parts(QuerySet(model))
        self._counts.ask({f"part_{code}": CappedCount(parts[code]) for code in self.counted})

    def waiting(self, rows: "QuerySet[Case]") -> "QuerySet[Case]":
        """Return those of `rows` that wait for staff."""
        raise NotImplementedError

    def late(self, waiting: "QuerySet[Case]") -> "QuerySet[Case]":
        """Return those of the `waiting` rows whose promised day has passed."""
        raise NotImplementedError

    def own_parts(self, rows: "QuerySet[Case]") -> "dict[str, QuerySet[Case]]":
        """Return the rows of each part that only this list has."""
        raise NotImplementedError

    def parts(self, rows: "QuerySet[Case]") -> "dict[str, QuerySet[Case]]":
        today = clock.today(settings.TIME_ZONE)
        waiting = self.waiting(rows)
        awake = asleep_on(today, waiting, asleep=False)
        return {
            "waiting": awake,
            "mine": assigned_cases(self._person, awake),
            "nobody": with_nobody(awake),
            "late": self.late(waiting),
            "snoozed": asleep_on(today, waiting),
            **self.own_parts(rows),
        }

    def choices(self, changelist: ChangeList) -> "Iterator[FilterChoice]":
        """Return the choices of the filter; those whose cases wait for staff show how many there are."""
        for choice, code in zip(super().choices(changelist), self.labels, strict=True):
            count = f" {count_words(self.count_of(code))}" if code in self.counted else ""
            yield {
                "selected": choice["selected"],
                "query_string": choice["query_string"],
                "display": f"{choice['display']}{count}",
            }

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


class CaseAdmin(ReadOnlyAdmin[Case]):
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

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Case]":
        """Return the cases annotated with who is assigned and until when each is snoozed."""
        return with_desk(super().get_queryset(request), on=clock.today(settings.TIME_ZONE))

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        super().prepare_rows(request, rows)
        for row in rows:
            vars(row)["desk"] = desk_row(row, staff_user(request))

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

    def desk_of(self, request: HttpRequest, case: Case) -> CaseDesk:
        """Return the `CaseDesk` for this person on the page of a case."""
        person = staff_user(request)
        order = order_of(person, self.room.waiting(person)) if person.has_perm(self.room.may_decide) else []
        return case_desk(case, person, order)

    def tools(self, request: HttpRequest, row: Case) -> list[ActionLink]:
        note = ActionLink("Add a note…", self.address("note", row.pk))
        return [*super().tools(request, row), *([note] if request.user.has_perm(NOTE) else [])]

    # --- many at once

    actions: tuple[str, ...] = ("assign_these", "snooze_these", "table_of_these")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.room.may_decide)

    @admin.action(description="Assign…", permissions=["decide"])
    def assign_these(self, request: HttpRequest, chosen: "QuerySet[Case]") -> HttpResponse:
        return self.act_on_chosen(request, chosen, bulk.assign_these)

    @admin.action(description="Snooze…", permissions=["decide"])
    def snooze_these(self, request: HttpRequest, chosen: "QuerySet[Case]") -> HttpResponse:
        return self.act_on_chosen(request, chosen, bulk.snooze_these)

    @admin.action(description="Table for a spreadsheet", permissions=["view"])
    def table_of_these(self, request: HttpRequest, chosen: "QuerySet[Case]") -> HttpResponseBase:
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
        self, request: HttpRequest, chosen: "QuerySet[Case]", make: Callable[[list[Case], Trainer], Action]
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

    def own_time_words(self, case: Case) -> str:
        """Return what a case waits for when it does not wait for staff."""
        raise NotImplementedError

    @admin.display(description="time left")
    def time(self, case: Any) -> SafeString:
        row: DeskRow = case.desk
        return time_cell(case, row, clock.today(settings.TIME_ZONE), otherwise=self.own_time_words(case))

    @admin.display(description="with")
    def assignee(self, case: Any) -> SafeString:
        return assignee_cell(case.desk, decider=decider_name(case))
