"""What all staff lists share: finding people, counting to a cap, actions, our own history."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Field, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from core.errors import Refusal
from core.models import HistoryEntry
from core.policy_words import HOLDER
from staff.actions import Action, ActionLink, PageContext, run_action, staff_user
from staff.counting import StaffPaginator
from staff.exports import ExportedAdmin, Row
from staff.finding.asking import parse_question, people_condition
from staff.history import HistoryLine, history_line, history_of
from staff.of_person import PERSON, OfPerson
from staff.worded import WordedFields
from trainers.models import Trainer

SHOWN_HISTORY = 200
FILTER_LOOKUPS = ("", "exact", "isnull", "id__exact")  # what the links of our filters ask
LONGEST_KEY = 18  # digits: the longest that surely fits a primary key
RowView = Callable[[HttpRequest, Row], HttpResponseBase]
MakeAction = Callable[[Row, Trainer], Action]


class StaffAdmin(ExportedAdmin[Row]):
    """A list that stays fast however long it is. Rows are never deleted on the staff side."""

    paginator = StaffPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    sortable_by: ClassVar[tuple[str, ...]] = ()
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    view_on_site = False
    actions_on_top = True
    person = ""  # the way from a row to its trainer; rows are found by that trainer's name, address or number
    texts: ClassVar[tuple[str, ...]] = ()  # lookups of a row's own texts, as in "reference__istartswith"

    @property
    def media(self) -> forms.Media:
        """Return only the script of the checkbox that selects all rows: our forms need no pop-ups,
        calendars or jQuery.
        """
        return forms.Media(js=["admin/js/actions.js"] if self.actions else [])

    # --- finding ---

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Return a field when the list can be searched, so that the admin shows its search box;
        `search_condition` makes the query.
        """
        return ("pk",) if self.person or self.texts else ()

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Row]", search_term: str
    ) -> "tuple[QuerySet[Row], bool]":
        term = " ".join(search_term.split())
        return (queryset.filter(self.search_condition(term)) if term else queryset), False

    def search_condition(self, term: str) -> Q:
        """Return the condition for rows whose own text or whose person fits `term`."""
        found = Q(pk__in=[])
        for lookup in self.texts:
            found |= Q(**{lookup: term})
        return found | self.person_condition(term) if self.person else found

    def person_condition(self, term: str) -> Q:
        """Return the condition that finds a person by address, number or name, by what `term` looks
        like.
        """
        return people_condition(parse_question(term), "" if self.person == "self" else f"{self.person}__")

    @admin.display(description=HOLDER)
    def who(self, row: Model) -> str:
        """Return the name of the row's person. A list has no room for the address."""
        person: object = row
        for step in self.person.split("__"):
            person = getattr(person, step)
        return person.name if isinstance(person, Trainer) else ""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow only the lookups of our own filters.

        By other lookups a column could be guessed letter by letter, such as a password's hash.
        """
        field, _, asked = lookup.partition("__")
        if (field in self.list_filter and asked in FILTER_LOOKUPS) or lookup == PERSON:
            return True
        classes = [one for one in self.list_filter if isinstance(one, type)]
        return lookup in [one.parameter_name for one in classes if issubclass(one, admin.SimpleListFilter)]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return (*self.list_filter, OfPerson) if self.person not in ("", "self") else self.list_filter

    # --- pages ---

    def page(self, name: str, view: RowView[Row], permission: str) -> URLPattern:
        """Return the URL pattern of the page `name` of one row, for people with `permission`.

        `admin_view` alone checks only that they are staff.
        """

        def permitted(request: HttpRequest, object_id: int) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, self.find_row(request, object_id))

        view_of_site = self.admin_site.admin_view(permitted)
        return path(f"<int:object_id>/{name}/", view_of_site, name=self.url_name(name))

    def find_row(self, request: HttpRequest, key: int) -> Row:
        """Return the row of one of our pages. Raises Http404."""
        return get_object_or_404(self.get_queryset(request), pk=key)

    def action(
        self, name: str, make: MakeAction[Row], permission: str, *, back: str = "change"
    ) -> URLPattern:
        """Return the URL pattern of the action `make(row, person)`. It leads back to the row's page
        `back`.
        """

        def view(request: HttpRequest, row: Row) -> HttpResponse:
            context = {**self.admin_site.each_context(request), "opts": self.opts, "object": row}
            page = self.address(back, row.pk)
            return run_action(request, make(row, staff_user(request)), back=page, context=context)

        return self.page(name, view, permission)

    def render_page(self, request: HttpRequest, template: str, context: PageContext) -> TemplateResponse:
        """Return a page of our own in the frame of the admin."""
        page = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, page)

    def url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def address(self, name: str, *parts: object) -> str:
        return reverse(f"admin:{self.url_name(name)}", args=parts)

    def action_links(self, request: HttpRequest, row: Row) -> list[ActionLink]:
        """Return what this person may do to this row, as buttons for its page."""
        return []

    def tools(self, request: HttpRequest, row: Row) -> list[ActionLink]:
        """Return all buttons of the row's page."""
        return self.action_links(request, row)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        name = str(self.opts.verbose_name_plural)
        title = {"title": name[0].upper() + name[1:]}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def response_action(
        self, request: HttpRequest, queryset: "QuerySet[Model]", *args: Any, **options: Any
    ) -> HttpResponse | None:
        """Answer an action on many rows; a posted key that is no number shows a sentence, no error 500."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY for key in chosen):
            messages.warning(request, "Choose rows of this list.")
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset, *args, **options)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        context = {**self._row_context(request, object_id), **(extra_context or {})}
        try:
            response = super().changeform_view(request, object_id, form_url, context)
        except IntegrityError:
            messages.error(request, "Somebody else saved the same thing a moment ago. Nothing was changed.")
            return HttpResponseRedirect(request.path)
        except Refusal as refusal:  # of a service that saved what the form had found good
            return self.page_of_refusal(request, object_id, refusal)
        if isinstance(response, TemplateResponse) and (response.context_data or {}).get("errors"):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def page_of_refusal(self, request: HttpRequest, object_id: str | None, refusal: Refusal) -> HttpResponse:
        """Return the answer to a form that was good and that the service refused."""
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.path)

    def _row_context(self, request: HttpRequest, object_id: str | None) -> dict[str, object]:
        row = self.get_object(request, object_id) if object_id else None
        if row is None:
            return {}
        return {"tools": self.tools(request, row), "title": self.heading(row), "subtitle": None}

    def heading(self, row: Row) -> str:
        """Return the heading of the page of one row."""
        return str(row)

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> forms.Field | None:
        """Return the form field without the pop-up buttons that the admin adds to a choice of rows."""
        formfield = super().formfield_for_dbfield(db_field, request, **options)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget = formfield.widget.widget
        return formfield

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show our own append-only history of the row, newest first, a page at a time."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        pages = self.get_paginator(request, self.row_history(row), SHOWN_HISTORY)
        page = pages.get_page(request.GET.get("page"))
        context = {
            "title": f"History of {self.heading(row)}",
            "object": row,
            "back": self.address("change", row.pk),
            "page": page,
            "entries": [history_line(entry) for entry in page],
        }
        return self.render_page(request, "admin/object_history.html", context)

    def row_history(self, row: Row) -> "QuerySet[HistoryEntry]":
        """Return the history of the row, newest first."""
        return history_of(row).order_by("-at", "-pk")

    def history_lines(self, row: Row) -> list[HistoryLine]:
        """Return the newest rows of the row's history, in words."""
        return [history_line(entry) for entry in self.row_history(row)[:SHOWN_HISTORY]]

    # --- what never happens ---

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Model, message: object) -> Any:
        """Write nothing to Django's own log: our history is written with the change, and there must
        be only one.
        """

    def log_change(self, request: HttpRequest, obj: Model, message: object) -> Any:
        """Write nothing; see `log_addition`."""


class ReadOnlyAdmin(WordedFields[Row], StaffAdmin[Row]):
    """A list of rows that only services change: staff read them, and use buttons that call a
    service.
    """

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
