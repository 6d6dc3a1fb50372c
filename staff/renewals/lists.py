"""Renewals as staff see them: the list, the queue, and the review page of one renewal."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, OrderBy, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.decisions import pending_decision
from cases.listing import with_decisions
from cases.reviewers import may_review
from core.models import HistoryEntry
from core.policy_words import in_policy_words
from renewals.models import Application, Decision
from rules.days import through_words
from rules.units import format_cents
from staff.actions import ActionLink, staff_user
from staff.decisions import DecisionAdmin, case_history, read_decisions
from staff.desk.lists import CaseAdmin, DeskFilter, shows_all
from staff.desk.pages import two_lines
from staff.renewals import actions
from staff.renewals.pages import queue_rows, renewal_review, time_left
from staff.reports.filters import ENDED, PriceFilter, ReceiptFilter
from staff.today import late_before
from staff.undoing import undo_bar

State = Application.State
DECIDE, REOPEN = "renewals.decide_application", "renewals.reopen_application"
AUDIT = "audits.lead_audit"
OWN = "Your own: somebody else decides"


class RenewalFilter(DeskFilter[Application]):
    """A filter of the list of renewals. Without a choice or a search it shows those that wait for staff."""

    own = {
        "returned": in_policy_words("With the {holder}"),
        "audited": "In an audit",
        "unpaid": "Not paid yet",
        "pending": "Decided, pending",
        "ended": "Ended",
        "all": "All",
    }

    def waiting(self, rows: "QuerySet[Application]") -> "QuerySet[Application]":
        return rows & Application.objects.waiting()

    def late(self, waiting: "QuerySet[Application]") -> "QuerySet[Application]":
        return waiting.filter(received_at__lt=late_before(settings.TIME_ZONE))

    def own_parts(self, rows: "QuerySet[Application]") -> "dict[str, QuerySet[Application]]":
        return {
            "returned": rows.filter(state=State.RETURNED),
            "audited": rows & Application.objects.audited(),
            "unpaid": rows.filter(state=State.SUBMITTED),
            "pending": rows.filter(decisions__state="pending"),
            "ended": rows.filter(ended_at__isnull=False),
        }


@admin.register(Application)
class ApplicationAdmin(CaseAdmin[Application]):
    room = actions.ROOM
    person = "trainer"
    texts = ("reference__startswith",)
    search_help_text = in_policy_words(
        "A reference, or the {holder}'s name, email address or certification number"
    )
    list_display = ("reference", "time", "who", "certification", "total", "checks", "state", "assignee")
    list_filter = (RenewalFilter, "state", ReceiptFilter, PriceFilter, ENDED)
    actions = (*CaseAdmin.actions, "approve_these")
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
        "renewed_with",
        "covered",
        "pay_through",
        "tier",
        "policy_version",
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
        if row.renewed_with_id:
            return []
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

    def get_ordering(self, request: HttpRequest) -> tuple[OrderBy | str, ...]:
        """Return the order of the list: the earliest due first; where rows wait for nobody, the
        newest first.
        """
        if shows_all(request):
            return ("-pk",)
        return (F("received_at").asc(nulls_last=True), "pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Application]":
        found: QuerySet[Application] = super().get_queryset(request)
        theirs = Decision.objects.filter(application=OuterRef("pk"))
        return with_decisions(found.select_related("trainer", "cycle__credential", "charge"), theirs)

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        """Compute for all rows together what each renewal lacks."""
        super().prepare_rows(request, rows)
        for found in queue_rows(rows, staff_user(request)):
            vars(found.application)["missing"] = OWN if found.own else found.missing

    def waiting(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the list, which shows the waiting renewals first."""
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        return redirect(self.address("changelist"))

    def review(self, request: HttpRequest, application: Application) -> HttpResponse:
        """Show the review page: everything that a decision needs, and the buttons to decide."""
        person = staff_user(request)
        own = application.trainer_id == person.pk
        pending = read_decisions(application)
        review = renewal_review(application, person, request.GET)
        alone = application.renewed_with_id is None
        is_open = application.state == State.IN_REVIEW and alone and may_review(application, person)
        context = {
            "title": f"Renewal of {application.trainer.name}",
            "application": application,
            "review": review,
            "offer": actions.offer_to_approve(application, review) if is_open and pending is None else None,
            "undo": undo_bar(actions.ROOM, person),
            "entries": self.history_lines(application),
            "pending": pending,
            "is_open": is_open,
            "is_own": own,
        }
        return self.render_page(request, "admin/renewals/review.html", context)

    def row_history(self, row: Application) -> "QuerySet[HistoryEntry]":
        return case_history(row)

    @admin.action(description="Approve what passes every check…", permissions=["decide"])
    def approve_these(self, request: HttpRequest, chosen: "QuerySet[Application]") -> HttpResponse:
        """Ask for confirmation, saying how many can be approved; then approve those and leave the
        others unchanged.
        """
        return self.act_on_chosen(request, chosen, actions.action_to_approve_these)

    def own_time_words(self, case: Application) -> str:
        return time_left(case)

    @admin.display(description="certification")
    def certification(self, application: Application) -> SafeString:
        cycle = application.cycle
        return two_lines(cycle.credential.display_number, through_words(cycle.expires_on))

    @admin.display(description="checks")
    def checks(self, application: Application) -> str:
        return vars(application)["missing"] or "All pass"

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
    search_help_text = in_policy_words(
        "A renewal's reference, or the {holder}'s name, email address or certification number"
    )
    list_display = ("application", "verdict", "who", "by", "effective", "state")
    list_select_related = ("application__trainer", "by")
    fields = (
        *("application", "verdict", "words", "by", "decided_at", "effective_at", "state", "ended_at"),
        *("stuck_at", "stuck_reason", "awaits_person"),
    )
