"""The people of providers, their reports and the completions in them, as staff see them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.decisions import pending_decision
from core.models import HistoryEntry
from core.policy_words import HOLDER, in_policy_words, portal_unit
from providers.models import (
    ApiKey,
    Batch,
    Completion,
    CourseRequest,
    Decision,
    IssuerKey,
    ProviderPerson,
)
from providers.services.people import LEADS
from staff.actions import ActionLink, run_action, staff_user
from staff.decisions import DecisionAdmin, case_history
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.organisations.keys import ProgramKeyAdmin
from staff.organisations.people import RoleAdmin
from staff.providers import actions, deciding
from staff.tabs import Tab, register_tab
from staff.undoing import undo_bar_of_queue


@admin.register(ProviderPerson)
class ProviderPersonAdmin(RoleAdmin[ProviderPerson]):
    doing, leads = actions.PEOPLE, LEADS
    texts = ("person__email__istartswith", "provider__name__istartswith")
    search_help_text = "How the email address or the provider's name begins"
    list_display = ("name", "provider", "state", "invited_at")
    list_select_related = ("person", "provider", "invited_by")
    fields = ("name", "email", "provider", "state", "invited_by", "invited_at", "link_ends_at", "ended_at")


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin[Batch]):
    texts = ("reference__istartswith", "provider__name__istartswith")
    search_help_text = "How the reference or the provider's name begins"
    list_display = ("reference", "provider", "source", "state", "row_count", "taken_count", "sent_at")
    list_filter = ("source", "state")
    list_select_related = ("provider", "sent_by")
    fields = (
        *("reference", "provider", "source", "file_name", "state", "row_count", "taken_count"),
        *("sent_by", "sent_at", "withdrawn_at", "reason", "rows"),
    )

    @admin.display(description="completions")
    def rows(self, row: Batch) -> SafeString:
        url = reverse("admin:providers_completion_changelist")
        return format_html('<a href="{}?q={}">Look at the rows</a>', url, row.reference)


class CompletionFilter(QueueFilter[Completion]):
    """A filter of the list of completions. Without a choice or a search it shows those that wait
    for staff.
    """

    usual = "staff"
    labels = {"staff": "With staff", "taken": "Taken", "refused": "Not taken", "all": "All"}

    def parts(self, rows: "QuerySet[Completion]") -> "dict[str, QuerySet[Completion]]":
        return {
            "staff": rows.filter(state="for_staff"),
            "taken": rows.filter(outcome="taken"),
            "refused": rows.exclude(outcome="taken"),
        }


@admin.register(Completion)
class CompletionAdmin(ReadOnlyAdmin[Completion]):
    person = "credential__trainer"
    texts = ("batch__reference__istartswith",)
    search_help_text = in_policy_words("The {holder}'s name or number, or the reference of the report")
    list_display = ("number", "who", "course", "completed_on", "outcome", "state")
    list_filter = (CompletionFilter,)
    list_select_related = ("batch", "course", "credential__trainer", "record")
    fields = (
        *("batch", "line", "number", "name", "credential", "course_code", "course", "completed_on"),
        *("hundredths", "outcome", "words", "state", "state_at", "reason", "record"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("keep", actions.action_to_keep, LEADS),
            self.action("take-off", actions.action_to_take_off, LEADS),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Completion) -> list[ActionLink]:
        if row.state != Completion.State.FOR_STAFF or not request.user.has_perm(LEADS):
            return []
        return [
            ActionLink("Keep it", self.address("keep", row.pk)),
            ActionLink("Take it off", self.address("take-off", row.pk)),
        ]

    @admin.display(description=HOLDER)
    def who(self, row: Model) -> str:
        credential = getattr(row, "credential", None)
        return str(credential.trainer.name) if credential else ""


class RequestFilter(QueueFilter[CourseRequest]):
    """A filter of the list of requests. Without a choice or a search it shows those that wait."""

    usual = "waiting"
    labels = {
        "waiting": "Waiting",
        "unpaid": "Waits for payment",
        "pending": "Decision pending",
        "ended": "Ended",
        "all": "All",
    }

    def parts(self, rows: "QuerySet[CourseRequest]") -> "dict[str, QuerySet[CourseRequest]]":
        return {
            "unpaid": rows.filter(state="unpaid"),
            "waiting": rows.filter(state="submitted").exclude(decisions__state="pending"),
            "pending": rows.filter(decisions__state="pending"),
            "ended": rows.filter(ended_at__isnull=False),
        }


@admin.register(CourseRequest)
class CourseRequestAdmin(ReadOnlyAdmin[CourseRequest]):
    texts = ("reference__istartswith", "provider__name__istartswith", "title__istartswith")
    search_help_text = "How the reference, the provider's name or the title begins"
    ordering = ("requested_at", "pk")
    list_display = ("title", "provider", "kind", "state", "requested_at")
    list_filter = (RequestFilter,)
    list_select_related = ("provider", "course", "requested_by", "decided_by")
    fields = (
        *("reference", "provider", "kind", "title", "course", "format", "ceus", "about", "link"),
        *("state", "charge", "requested_by", "requested_at", "decided_by", "ended_at", "words"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("approve", deciding.action_to_approve, LEADS),
            self.action("deny", deciding.action_to_deny, LEADS),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: CourseRequest) -> list[ActionLink]:
        if row.state != CourseRequest.State.SUBMITTED or not request.user.has_perm(LEADS):
            return []
        if pending := pending_decision(row):
            undo = reverse("admin:providers_decision_undo", args=[pending.pk])
            return [ActionLink("Undo the decision", undo)]
        return [
            ActionLink("Approve", self.address("approve", row.pk), "1"),
            ActionLink("Deny", self.address("deny", row.pk), "3"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, _with_undo(request, extra_context))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, _with_undo(request, extra_context))

    def row_history(self, row: CourseRequest) -> "QuerySet[HistoryEntry]":
        return case_history(row)

    @admin.display(description="amount")
    def ceus(self, row: CourseRequest) -> str:
        return portal_unit().format(row.hundredths)


def _with_undo(request: HttpRequest, context: dict[str, object] | None) -> dict[str, object]:
    return {"undo": undo_bar_of_queue(request, deciding.ROOM), **(context or {})}


@admin.register(Decision)
class RequestDecisionAdmin(DecisionAdmin):
    room = deciding.ROOM
    texts = ("request__reference__startswith",)
    search_help_text = "How a request's reference begins"
    list_filter = ("state", "verdict")
    list_display = ("request", "verdict", "granted", "by", "effective", "state")
    list_select_related = ("request__provider", "by")
    fields = (
        *("request", "verdict", "granted", "category", "approved_from", "approved_through", "words", "by"),
        *("decided_at", "effective_at", "state", "ended_at"),
        *("stuck_at", "stuck_reason", "awaits_person"),
    )

    @admin.display(description="amount")
    def granted(self, row: Decision) -> str:
        return "" if row.hundredths is None else portal_unit().format(row.hundredths)


@admin.register(ApiKey)
class ApiKeyAdmin(ProgramKeyAdmin[ApiKey]):
    leads = LEADS
    texts = ("prefix__istartswith", "provider__name__istartswith")
    search_help_text = "How the key or the provider's name begins"
    list_display = ("name", "provider", "prefix", "made_at", "last_used_at", "revoked_at")
    list_select_related = ("provider", "made_by", "revoked_by")


@admin.register(IssuerKey)
class IssuerKeyAdmin(ReadOnlyAdmin[IssuerKey]):
    texts = ("did__istartswith", "name__istartswith", "provider__name__istartswith")
    search_help_text = "How the issuer or its name begins"
    list_display = ("owner", "did", "added_at", "ended_at")
    list_select_related = ("provider", "added_by", "ended_by")
    fields = ("owner", "did", "public_key", "added_by", "added_at", "ended_by", "ended_at")

    def get_urls(self) -> list[URLPattern]:
        end = self.action("end", actions.action_to_end_key, LEADS)
        add = self.admin_site.admin_view(self._add_body)
        return [path("add-body/", add, name=self.url_name("add_body")), end, *super().get_urls()]

    def action_links(self, request: HttpRequest, row: IssuerKey) -> list[ActionLink]:
        if row.ended_at or not request.user.has_perm(LEADS):
            return []
        return [ActionLink("End the key", self.address("end", row.pk))]

    def _add_body(self, request: HttpRequest) -> HttpResponse:
        """Ask for the key of another body, which belongs to no provider of ours."""
        if not request.user.has_perm(LEADS):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        action = actions.action_to_add_body(staff_user(request))
        return run_action(request, action, back=self.address("changelist"), context=context)

    @admin.display(description="whose")
    def owner(self, row: IssuerKey) -> str:
        return row.owner_name


register_tab(
    Tab(
        *(65, "Providers", "admin:providers_batch_changelist", "providers.view_batch", ("providers",)),
        waiting=lambda: [CourseRequest.objects.with_us(), Completion.objects.for_staff()],
    )
)
