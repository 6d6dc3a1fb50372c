"""Renewals, the queue of those that wait for a decision, and the page on which one is reviewed."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.errors import Refusal
from core.pagination import CappedPaginator
from renewals.models import Application
from renewals.services import approve_application
from rules.units import format_cents
from staff.actions import Tool
from staff.lists import ReadOnlyAdmin
from staff.renewals import actions as acts
from staff.renewals.pages import Waiting, review_of, waiting_rows
from staff.today import QueueSummary, late_before

State = Application.State
DECIDE, REOPEN = "renewals.decide_application", "renewals.reopen_application"
AUDIT = "audits.lead_audit"


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    person = "trainer"
    texts = ("reference__startswith",)
    search_help_text = "A reference, or the trainer's name, email address or certification number"
    list_display = ("reference", "who", "cycle", "state", "received_on", "total")
    list_filter = ("state",)
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
        "statement_version",
        "statement_text",
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
            self.page("review", self.review, "review", DECIDE),
            self.act("approve", acts.approve, DECIDE),
            self.act("return", acts.send_back, DECIDE),
            self.act("deny", acts.deny, DECIDE),
            self.act("reopen", acts.reopen, REOPEN),
            self.act("audit", acts.audit_for_cause, AUDIT),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, row: Application) -> list[Tool]:
        found = []
        if row.state == State.IN_REVIEW and request.user.has_perm(DECIDE):
            found.append(Tool("Review", self.address("review", row.pk)))
        if row.state in (State.SUBMITTED, State.IN_REVIEW) and request.user.has_perm(AUDIT):
            found.append(Tool("Audit for cause", self.address("audit", row.pk)))
        if row.state == State.DENIED and request.user.has_perm(REOPEN):
            found.append(Tool("Reopen", self.address("reopen", row.pk)))
        return found

    def waiting(self, request: HttpRequest) -> HttpResponse:
        """What waits for a decision, the oldest first."""
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        waiting = Application.objects.waiting().order_by("received_at", "pk")
        paginator = CappedPaginator(
            waiting.select_related("trainer", "cycle__credential"), self.list_per_page
        )
        page: Page[Application] = paginator.get_page(request.GET.get("page"))
        rows: list[Waiting] = waiting_rows(list(page), request.user)
        context = {"title": "Renewals waiting", "opts": self.opts, "page": page, "rows": rows}
        return TemplateResponse(
            request, "admin/renewals/waiting.html", {**self.admin_site.each_context(request), **context}
        )

    def review(self, request: HttpRequest, application: Application) -> HttpResponse:
        """Everything that a decision rests on, and the buttons to decide."""
        context = {
            "title": f"Renewal of {application.trainer.name}",
            "opts": self.opts,
            "application": application,
            "review": review_of(application, request.user),
            "entries": self.story(application),
            "is_open": application.state == State.IN_REVIEW and application.trainer_id != request.user.pk,
            "is_own": application.trainer_id == request.user.pk,
        }
        return TemplateResponse(
            request, "admin/renewals/review.html", {**self.admin_site.each_context(request), **context}
        )

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(DECIDE)

    @admin.action(description="Approve those that pass every check", permissions=["decide"])
    def approve_these(self, request: HttpRequest, chosen: "QuerySet[Application]") -> HttpResponse | None:
        """Asks first: how many of the chosen ones it applies to. Whatever cannot be approved stays as it is."""
        applications = list(chosen.select_related("trainer", "cycle__credential"))
        clear = [row.application for row in waiting_rows(applications, request.user) if row.clear]
        if "confirmed" not in request.POST:
            context = {
                "title": "Approve these renewals",
                "opts": self.opts,
                "clear": clear,
                "chosen": applications,
            }
            page = {**self.admin_site.each_context(request), **context}
            return TemplateResponse(request, "admin/renewals/approve_these.html", page)
        done = sum(_is_approved(application, request) for application in clear)
        messages.info(request, f"{done} approved, {len(applications) - done} left as they were.")
        return None

    @admin.display(description="total")
    def total(self, application: Application) -> str:
        cents = application.fee_total_cents
        return "" if cents is None else f"{format_cents(cents)} {application.fee_currency}"

    @admin.display(description="fee lines")
    def fees(self, application: Application) -> SafeString:
        lines = ((line["label"], format_cents(line["amount_cents"])) for line in application.fee_lines)
        return format_html('<ul class="plain">{}</ul>', format_html_join("", "<li>{}: {}</li>", lines))


def _is_approved(application: Application, request: HttpRequest) -> bool:
    try:
        acts.decide(application, approve_application, by=request.user)
    except Refusal:
        return False
    return True


@admin.site.queue_summary(1, "renewals.view_application")
def renewals_at_work() -> list[QueueSummary]:
    """One query for all three steps that wait for somebody; what an audit holds lies on its own pile."""
    steps = (State.IN_REVIEW, State.SUBMITTED, State.RETURNED)
    counted: dict[str, Any] = {
        row["state"]: row
        for row in (Application.objects.waiting() | Application.objects.filter(state__in=steps[1:]))
        .order_by()
        .values("state")
        .annotate(
            count=Count("pk"),
            oldest=Min("received_at"),
            late=Count("pk", filter=Q(received_at__lt=late_before(settings.TIME_ZONE))),
        )
    }
    changelist = reverse("admin:renewals_application_changelist")
    piles = (
        (State.IN_REVIEW, "Renewals waiting", reverse(acts.QUEUE), "Decide the oldest first"),
        (
            State.SUBMITTED,
            "Not paid yet",
            f"{changelist}?state__exact=submitted",
            "Reminders are sent by themselves",
        ),
        (
            State.RETURNED,
            "Corrections awaited",
            f"{changelist}?state__exact=returned",
            "The trainers have the next step",
        ),
    )
    none = {"count": 0, "oldest": None, "late": 0}
    rows = ((counted.get(state, none), state, label, url, line) for state, label, url, line in piles)
    return [
        QueueSummary(
            label, row["count"], url, line, row["oldest"], late=row["late"] if state == State.IN_REVIEW else 0
        )
        for row, state, label, url, line in rows
    ]
