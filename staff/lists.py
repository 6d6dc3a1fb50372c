"""What all lists of the staff side share: look but do not touch, find people, count to a cap, our own history."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from core.history import subject_of
from core.models import HistoryEntry
from core.pagination import CappedPaginator
from staff.actions import Act, Tool, perform
from trainers.models import Credential

SHOWN_HISTORY = 200
ASKED = ("exact", "isnull", "id__exact")  # what the links of our filters ask


def told(entry: HistoryEntry) -> dict[str, Any]:
    """A row of history for the template `admin/story.html`."""
    what = entry.verb.replace("_", " ").capitalize()
    who = entry.by.name if entry.by else "the system"
    return {"what": what, "who": who, "at": entry.at, "reason": entry.reason}


class StaffAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that stays fast whatever it holds. Rows are never deleted here."""

    paginator = CappedPaginator
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
        """Select-all and nothing else: our forms need no pop-ups, calendars or jQuery."""
        return forms.Media(js=["admin/js/actions.js"] if self.actions else [])

    # --- finding ---

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Says only that there is a search box; `find` does the work."""
        return ("pk",) if self.person or self.texts else ()

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        term = " ".join(search_term.split())
        return (queryset.filter(self.find(term)) if term else queryset), False

    def find(self, term: str) -> Q:
        """Rows whose own text or whose person fits `term`."""
        found = Q(pk__in=[])
        for lookup in self.texts:
            found |= Q(**{lookup: term})
        return found | self._of_person(term) if self.person else found

    def _of_person(self, term: str) -> Q:
        """One indexed way for each kind of term: an address, a certification number, else a part of the name."""
        to = "" if self.person == "self" else f"{self.person}__"
        number = term.replace(" ", "").replace("-", "")
        if "@" in term:
            return Q(**{f"{to}email__startswith": term.lower()})
        if number.isdigit():
            owners = Credential.objects.filter(number__startswith=number).values("trainer_id")
            return Q(**{f"{to}pk__in": owners})
        return Q(**{f"{to}name__icontains": term})

    @admin.display(description="trainer")
    def who(self, row: Any) -> str:
        """The name of the row's person: an address beside it would fill the list."""
        for step in self.person.split("__"):
            row = getattr(row, step)
        return str(row.name) if row else ""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what our own filters ask: any other column could be guessed letter by letter, a password's hash first."""
        field, _, asked = lookup.partition("__")
        return field in self.list_filter and asked in ("", *ASKED)

    # --- pages ---

    def page(self, route: str, view: Any, name: str, permission: str) -> URLPattern:
        """A page of one row, `view(request, row)`, for whoever has `permission`: `admin_view` asks only for staff."""

        def guarded(request: HttpRequest, object_id: str) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, get_object_or_404(self.get_queryset(request), pk=object_id))

        return path(
            f"<int:object_id>/{route}/", self.admin_site.admin_view(guarded), name=self.url_name(name)
        )

    def act(self, name: str, make: Callable[[HttpRequest, Any], Act], permission: str) -> URLPattern:
        """The page on which staff do `make(request, row)`, and come back to the row from it."""

        def view(request: HttpRequest, row: Any) -> HttpResponse:
            context = {**self.admin_site.each_context(request), "opts": self.opts, "object": row}
            return perform(request, make(request, row), back=self.address("change", row.pk), context=context)

        return self.page(name, view, name, permission)

    def url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def address(self, name: str, *parts: object) -> str:
        return reverse(f"admin:{self.url_name(name)}", args=parts)

    def tools(self, request: HttpRequest, row: Any) -> list[Tool]:
        """What this person may do to this row, as buttons on its page."""
        return []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        name = str(self.opts.verbose_name_plural)
        return super().changelist_view(
            request, {"title": name[0].upper() + name[1:], **(extra_context or {})}
        )

    def response_action(self, request: HttpRequest, queryset: "QuerySet[Any]") -> HttpResponse | None:
        """An act on many rows; numbers that no row can have are answered with a sentence."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(number.isascii() and number.isdigit() and len(number) < 19 for number in chosen):
            messages.warning(request, "Choose rows of this list.")
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {**self._about(request, object_id), **(extra_context or {})}
        try:
            response = super().changeform_view(request, object_id, form_url, context)
        except IntegrityError:
            messages.error(request, "Somebody else saved the same thing a moment ago. Nothing was changed.")
            return HttpResponseRedirect(request.path)
        if getattr(response, "context_data", None) and response.context_data.get("errors"):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def _about(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        row = self.get_object(request, object_id) if object_id else None
        if row is None:
            return {}
        return {"tools": self.tools(request, row), "title": self.heading(row), "subtitle": None}

    def heading(self, row: Any) -> str:
        """What stands above the page of a row."""
        return str(row)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Without the pop-ups that the admin puts beside a choice of other rows."""
        formfield = super().formfield_for_dbfield(db_field, request, **options)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget = formfield.widget.widget
        return formfield

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Our own append-only history of the row, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return, attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {self.heading(row)}",
            "opts": self.opts,
            "object": row,
            "back": self.address("change", row.pk),
            "entries": self.story(row),
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def story(self, row: Any) -> list[dict[str, Any]]:
        """What happened to the row, newest first, in words."""
        entries = HistoryEntry.objects.filter(subject=subject_of(row)).select_related("by")
        return [told(entry) for entry in entries[:SHOWN_HISTORY]]

    # --- what never happens ---

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Our history is written with the change itself; the admin's own log would be a second truth."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """See `log_addition`."""


class ReadOnlyAdmin(StaffAdmin):
    """For rows that a service owns: staff look, and change them by the buttons that call it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
