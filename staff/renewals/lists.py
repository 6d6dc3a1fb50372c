"""Renewals, the queue of those that wait for a decision, and the page on which one is reviewed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.decisions import pending_decision
from core.models import HistoryEntry
from core.pagination import CappedPaginator
from renewals.models import Application, Decision
from rules.units import format_cents
from staff.actions import ActionLink, run_action, staff_user
from staff.decisions import DecisionAdmin, case_history
from staff.lists import ReadOnlyAdmin
from staff.renewals import actions
from staff.renewals.pages import queue_rows, renewal_review
from staff.reports.filters import ENDED, PriceFilter, ReceiptFilter

State = Application.State
DECIDE, REOPEN = "renewals.decide_application", "renewals.reopen_application"
AUDIT = "audits.lead_audit"


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    person = "trainer"
    texts = ("reference__startswith",)
    search_help_text = "A reference, or the trainer's name, email address or certification number"
    list_display = ("reference", "who", "cycle", "state", "received_on", "total")
    list_filter = ("state", ReceiptFilter, PriceFilter, ENDED)
    list_select_related = ("trainer", "cycle__credential")
    actions = ("approve_these",)
    fields = (
        "reference",
        "trainer",
        "cycle",
        "state",
        "started_at",
        "received_at",
        "received_on",
        "fees",
        "charge",
        "pay_through",
        "attestation_version",
        "attestation_text",
        "returned_reason",
        "correct_through",
        "decided_by",
        "ended_at",
        "end_reason",
        "assessment",
    )

    def get_urls(self) -> list[URLPattern]:
        queue = path("waiting/", self.admin_site.admin_view(self.waiting), name=self.url_name("waiting"))
        return [
            queue,
            self.page("review", self.review, DECIDE),
            self.action("approve", actions.action_to_approve, DECIDE),
            self.action("return", actions.action_to_return, DECIDE),
            self.action("deny", actions.action_to_deny, DECIDE),
            self.action("reopen", actions.action_to_reopen, REOPEN),
            self.action("audit", actions.action_to_audit, AUDIT),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Application) -> list[ActionLink]:
        found = []
        if row.state == State.IN_REVIEW and request.user.has_perm(DECIDE):
            found.append(ActionLink("Review", self.address("review", row.pk)))
        pending = pending_decision(row)
        if pending and request.user.has_perm(DECIDE):
            undo = reverse("admin:renewals_decision_undo", args=[pending.pk])
            found.append(ActionLink("Undo the decision", undo))
        if row.state in (State.SUBMITTED, State.IN_REVIEW) and request.user.has_perm(AUDIT):
            found.append(ActionLink("Audit for cause", self.address("audit", row.pk)))
        if row.state == State.DENIED and request.user.has_perm(REOPEN):
            found.append(ActionLink("Reopen", self.address("reopen", row.pk)))
        return found

    def waiting(self, request: HttpRequest) -> HttpResponse:
        """Show the renewals that wait for a decision, the oldest first."""
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        waiting = Application.objects.waiting().order_by("received_at", "pk")
        paginator = CappedPaginator(
            waiting.select_related("trainer", "cycle__credential"), self.list_per_page
        )
        page: Page[Application] = paginator.get_page(request.GET.get("page"))
        rows = queue_rows(list(page), staff_user(request))
        context = {"title": "Renewals waiting", "page": page, "rows": rows}
        return self.render_page(request, "admin/renewals/waiting.html", context)

    def review(self, request: HttpRequest, application: Application) -> HttpResponse:
        """Show everything that a decision rests on, and the buttons to decide."""
        person = staff_user(request)
        own = application.trainer_id == person.pk
        context = {
            "title": f"Renewal of {application.trainer.name}",
            "application": application,
            "review": renewal_review(application, person),
            "entries": self.history_lines(application),
            "pending": pending_decision(application),
            "is_open": application.state == State.IN_REVIEW and not own,
            "is_own": own,
        }
        return self.render_page(request, "admin/renewals/review.html", context)

    def row_history(self, row: Application) -> "QuerySet[HistoryEntry]":
        return case_history(row)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(DECIDE)

    @admin.action(description="Approve those that pass every check", permissions=["decide"])
    def approve_these(self, request: HttpRequest, chosen: "QuerySet[Application]") -> HttpResponse:
        """Ask first, saying how many can be approved, then approve those; leave the others as they are."""
        applications = list(chosen.select_related("trainer", "cycle__credential"))
        action = actions.action_to_approve_these(applications, staff_user(request))
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return run_action(request, action, back=request.get_full_path(), context=context)

    @admin.display(description="total")
    def total(self, application: Application) -> str:
        cents = application.fee_total_cents
        return "" if cents is None else f"{format_cents(cents)} {application.fee_currency}"

    @admin.display(description="fee lines")
    def fees(self, application: Application) -> SafeString:
        lines = ((line["label"], format_cents(line["amount_cents"])) for line in application.fee_lines)
        return format_html('<ul class="plain">{}</ul>', format_html_join("", "<li>{}: {}</li>", lines))


@admin.register(Decision)
class RenewalDecisionAdmin(DecisionAdmin):
    room = actions.ROOM
    person = "application__trainer"
    texts = ("application__reference__startswith",)
    search_help_text = "A renewal's reference, or the trainer's name, email address or certification number"
    list_display = ("application", "verdict", "who", "by", "effective", "state")
    list_select_related = ("application__trainer", "by")
    fields = (
        *("application", "verdict", "words", "by", "decided_at", "effective_at", "state", "ended_at"),
        *("stuck_at", "stuck_reason", "awaits_person"),
    )
