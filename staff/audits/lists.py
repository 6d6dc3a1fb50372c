"""Audits as staff see them: the queue, the review page of one audit, pending decisions, and the
draw.
"""

from datetime import date

from django.conf import settings
from django.contrib import admin
from django.db.models import Case, F, OrderBy, OuterRef, Prefetch, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString

from audits.models import WITH_TRAINER, Audit, AuditItem, Decision, Draw, DrawPeriod
from cases.listing import with_decisions
from core.models import HistoryEntry
from core.policy_words import in_policy_words
from core.templatetags.words import at
from renewals.models import Application
from renewals.models import Decision as RenewalDecision
from staff.actions import ActionLink, staff_user
from staff.audits import actions, documents
from staff.audits.pages import audit_review, documents_words, mail_words, time_left
from staff.decisions import DecisionAdmin, case_history, newest_pk
from staff.desk.lists import OURS, CaseAdmin, DeskFilter, shows_all
from staff.lists import ReadOnlyAdmin
from staff.reports.filters import ENDED, MADE
from staff.today import late_before, policy_today
from staff.undoing import undo_bar

State = Audit.State
DECIDE, LEAD, VIEW = "audits.decide_audit", "audits.lead_audit", "audits.view_audit"
OPEN = "audits.open_drawperiod"


class AuditFilter(DeskFilter[Audit]):
    """A filter of the list of audits. Without a choice or a search it shows those that wait for staff."""

    own = {
        "open": "Open",
        "trainer": in_policy_words("With the {holder}"),
        "time": "More time asked for",
        "lead": "For a lead",
        "pending": "Decided, pending",
        "ended": "Ended",
        "all": "All",
    }

    def waiting(self, rows: "QuerySet[Audit]") -> "QuerySet[Audit]":
        return rows & Audit.objects.waiting()

    def late(self, waiting: "QuerySet[Audit]") -> "QuerySet[Audit]":
        return waiting.filter(sent_at__lt=late_before(settings.TIME_ZONE))

    def own_parts(self, rows: "QuerySet[Audit]") -> "dict[str, QuerySet[Audit]]":
        unended = rows.filter(ended_at=None)
        return {
            "open": unended,
            "trainer": rows.filter(state__in=WITH_TRAINER),
            "time": unended.filter(extensions__state="asked"),
            "lead": (rows & Audit.objects.to_agree()) | unended.filter(for_lead=True),
            "pending": rows.filter(decisions__state="pending"),
            "ended": rows.filter(ended_at__isnull=False),
        }


@admin.register(Audit)
class AuditAdmin(CaseAdmin[Audit]):
    room = actions.ROOM
    person = "cycle__credential__trainer"
    texts = ("reference__startswith", "renewal__startswith")
    search_help_text = in_policy_words(
        "A reference, or the {holder}'s name, email address or certification number"
    )
    list_display = (
        *("reference", "time", "who", "documents", "sent", "state", "kind", "assignee", "expires"),
    )
    list_filter = (AuditFilter, "kind", MADE, ENDED)
    fields = (
        *("reference", "who", "cycle", "kind", "renewal", "received_on", "state", "made_at", "notice"),
        *("notified_on", "due_on", "sent_at", "for_lead", "cause", "asked_by", "agreed_by"),
        *("another_look_at", "another_look_why", "ended_at", "end_reason"),
    )

    def get_ordering(self, request: HttpRequest) -> tuple[OrderBy | str, ...]:
        """Return the order of the list: the audit that was sent first comes first; among audits
        that do not wait for staff, the newest.
        """
        if shows_all(request):
            return ("-pk",)
        if not request.GET.keys() - {"p", "shows"} and request.GET.get("shows", "waiting") in OURS:
            # All these audits are sent, so that the database reads them by an index.
            return (F("sent_at").asc(nulls_last=True), "pk")
        sent_first = Case(When(state=State.SENT, then=0), default=1).asc()
        return (sent_first, F("sent_at").asc(nulls_last=True), F("due_on").asc(nulls_last=True), "pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Audit]":
        found: QuerySet[Audit] = super().get_queryset(request)
        items = AuditItem.objects.select_related("record", "reviewed_by").prefetch_related("record__evidence")
        found = found.select_related("cycle__credential__trainer", "asked_by", "agreed_by")
        theirs = Decision.objects.filter(audit=OuterRef("pk"))
        return with_decisions(found, theirs).prefetch_related(Prefetch("items", items))

    def find_row(self, request: HttpRequest, key: int) -> Audit:
        """Return the audit. The items that the list prefetches are left out, because the pages of
        one audit read more of each item.
        """
        found: Audit = get_object_or_404(self.get_queryset(request).prefetch_related(None), pk=key)
        return found

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("review", self.review, VIEW),
            self.action("pass", actions.action_to_pass, DECIDE),
            self.action("fail", actions.action_to_fail, DECIDE),
            self.action("accept-rest", documents.action_to_accept_rest, DECIDE),
            self.action("replacements", actions.action_to_ask_replacements, DECIDE),
            self.action("extend", actions.action_to_extend, DECIDE),
            self.action("no-more-time", actions.action_to_refuse_time, DECIDE),
            self.action("agree", actions.action_to_agree, LEAD),
            self.action("drop", actions.action_to_drop, LEAD),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Audit) -> list[ActionLink]:
        found = [ActionLink("Review", self.address("review", row.pk))]
        if request.user.has_perm(LEAD) and row.state == State.PROPOSED:
            agree = () if row.agreed_by_id else (ActionLink("Agree", self.address("agree", row.pk)),)
            found += [*agree, ActionLink("Drop", self.address("drop", row.pk))]
        if request.user.has_perm(DECIDE) and row.state in WITH_TRAINER and row.due_on:
            found.append(ActionLink("More time", self.address("extend", row.pk)))
        return found

    def review(self, request: HttpRequest, audit: Audit) -> HttpResponse:
        """Show the review page: each document, and the buttons to decide."""
        person = staff_user(request)
        review = audit_review(audit, person, policy_today(audit.cycle.credential), request.GET)
        renewal, seen = _renewal_of(audit), newest_pk(audit)
        context = {
            "title": f"Audit of {audit.trainer.name}",
            "audit": audit,
            "review": review,
            "offer": actions.offer_to_pass(audit, person, review, renewal, seen)
            if review.may_decide and review.is_judged
            else None,
            "renewal_url": self.renewal_url(request, renewal),
            "undo": undo_bar(actions.ROOM, person),
            "tools": self.action_links(request, audit)[1:],
            "may_act": review.may_review,
            "entries": self.history_lines(audit),
            "seen": seen,
        }
        return self.render_page(request, "admin/audits/review.html", context)

    def renewal_url(self, request: HttpRequest, renewal: Application | None) -> str:
        """Return the URL of the review page of an audit's renewal; empty for a person who may not
        open it.
        """
        may_open = request.user.has_perm("renewals.decide_application")
        return reverse("admin:renewals_application_review", args=[renewal.pk]) if renewal and may_open else ""

    def row_history(self, row: Audit) -> "QuerySet[HistoryEntry]":
        return case_history(row)

    def own_time_words(self, case: Audit) -> str:
        return time_left(case, policy_today(case.cycle.credential)) or "ended"

    @admin.display(description="documents")
    def documents(self, audit: Audit) -> str:
        return documents_words(audit)

    @admin.display(description="sent")
    def sent(self, audit: Audit) -> SafeString | str:
        return at(audit.sent_at, settings.TIME_ZONE) if audit.sent_at else "not yet"

    @admin.display(description="expires")
    def expires(self, audit: Audit) -> date:
        return audit.cycle.expires_on

    @admin.display(description="mail about it")
    def notice(self, audit: Audit) -> str:
        return mail_words(audit)


def _renewal_of(audit: Audit) -> Application | None:
    found = Application.objects.filter(reference=audit.renewal).select_related("charge")
    return with_decisions(found, RenewalDecision.objects.filter(application=OuterRef("pk"))).first()


@admin.register(AuditItem)
class AuditItemAdmin(ReadOnlyAdmin[AuditItem]):
    person = "audit__cycle__credential__trainer"
    texts = ("audit__reference__startswith",)
    search_help_text = in_policy_words(
        "An audit's reference, or the {holder}'s name, email address or certification number"
    )
    list_display = ("record", "audit", "who", "verdict", "reviewed_by")
    list_filter = ("verdict",)
    list_select_related = ("record", "audit__cycle__credential__trainer", "reviewed_by")
    fields = (
        *("audit", "record", "verdict", "words", "reviewed_by", "reviewed_at"),
        *("unavailable_why", "suspected_why", "suspected_by"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("accept", documents.action_to_accept, DECIDE),
            self.action("replace", documents.action_to_replace, DECIDE),
            self.action("refuse", documents.action_to_refuse, DECIDE),
            self.action("suspect", documents.action_to_suspect, DECIDE),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: AuditItem) -> list[ActionLink]:
        return [ActionLink("The audit", actions.ROOM.review_url(row.audit))]


@admin.register(Decision)
class AuditDecisionAdmin(DecisionAdmin):
    room = actions.ROOM
    person = "audit__cycle__credential__trainer"
    texts = ("audit__reference__startswith",)
    search_help_text = in_policy_words(
        "An audit's reference, or the {holder}'s name, email address or certification number"
    )
    list_display = ("audit", "verdict", "who", "by", "effective", "state")
    list_select_related = ("audit__cycle__credential__trainer", "by")
    fields = (
        "audit",
        "verdict",
        "words",
        "by",
        "decided_at",
        "effective_at",
        "state",
        "ended_at",
        "stuck_at",
        "stuck_reason",
        "awaits_person",
    )


@admin.register(DrawPeriod)
class DrawPeriodAdmin(ReadOnlyAdmin[DrawPeriod]):
    texts = ("code__startswith",)
    search_help_text = "A period, for example 2026-Q4"
    list_display = ("code", "policy_code", "first_on", "last_on", "where", "rate", "drawn", "chosen")
    fields = (
        *("code", "policy_code", "first_on", "last_on", "where", "rate", "commitment"),
        *("public_value_name", "public_value", "announced_at", "opened_at", "closed_at", "secret"),
    )
    ordering = ("-first_on", "-pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[DrawPeriod]":
        found: QuerySet[DrawPeriod] = super().get_queryset(request)
        return DrawPeriod.objects.with_counts().filter(pk__in=found.values("pk"))

    def get_urls(self) -> list[URLPattern]:
        return [self.action("open", actions.action_to_open_period, OPEN), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: DrawPeriod) -> list[ActionLink]:
        if row.state == DrawPeriod.State.ANNOUNCED and request.user.has_perm(OPEN):
            return [ActionLink("Open this period", self.address("open", row.pk))]
        return []

    @admin.display(description="where it stands")
    def where(self, period: DrawPeriod) -> str:
        return DrawPeriod.State(period.state).label

    @admin.display(description="drawn")
    def drawn(self, period: DrawPeriod) -> int:
        return int(vars(period)["drawn"])

    @admin.display(description="chosen")
    def chosen(self, period: DrawPeriod) -> int:
        return int(vars(period)["chosen"])


@admin.register(Draw)
class DrawAdmin(ReadOnlyAdmin[Draw]):
    person = "cycle__credential__trainer"
    search_help_text = in_policy_words("The {holder}'s name, email address or certification number")
    list_display = ("cycle", "who", "period", "selected", "chance", "drawn_at")
    list_filter = ("selected", "chance")
    list_select_related = ("cycle__credential__trainer", "period")
    fields = ("cycle", "period", "x", "selected", "chance", "drawn_at")
