"""Audits as staff see them: the queue, the page on which one is reviewed, and what is held."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Case, F, OrderBy, OuterRef, Prefetch, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audits.models import WITH_TRAINER, Audit, AuditItem, Decision
from cases.decisions import with_decisions
from core import clock
from core.templatetags.words import at
from staff.actions import Tool
from staff.audits import actions as acts
from staff.audits import today  # noqa: F401 - the queues of the first page
from staff.audits.pages import documents_words, mail_words, review_of, reviewer_of, time_left
from staff.lists import SHOWN_HISTORY, ReadOnlyAdmin, told

State = Audit.State
DECIDE, LEAD, VIEW = "audits.decide_audit", "audits.lead_audit", "audits.view_audit"


class Shows(admin.SimpleListFilter):
    """Which audits the list shows: those that are open, unless something is searched for."""

    title, parameter_name = "where it stands", "shows"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("open", "Open"),
            ("sent", "Sent, waiting for us"),
            ("trainer", "With the trainer"),
            ("time", "More time asked for"),
            ("lead", "For a lead"),
            ("held", "Decided, held"),
            ("ended", "Ended"),
            ("all", "All"),
        ]

    def value(self) -> str:
        return super().value() or self.usual

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.usual = "all" if request.GET.get("q") else "open"
        super().__init__(request, *args)

    def choices(self, changelist: Any) -> Any:
        for code, label in self.lookup_choices:
            link = changelist.get_query_string({self.parameter_name: code})
            yield {"selected": self.value() == code, "query_string": link, "display": label}

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Audit]") -> "QuerySet[Audit]":
        shown = {
            "open": queryset.filter(ended_at__isnull=True),
            "sent": queryset & Audit.objects.waiting(),
            "trainer": queryset.filter(state__in=WITH_TRAINER),
            "time": queryset.filter(extensions__state="asked", ended_at=None),
            "lead": (queryset & Audit.objects.to_agree()) | queryset.filter(for_lead=True, ended_at=None),
            "held": queryset.filter(decisions__state="pending"),
            "ended": queryset.filter(ended_at__isnull=False),
        }
        return shown.get(self.value(), queryset)


@admin.register(Audit)
class AuditAdmin(ReadOnlyAdmin):
    person = "cycle__credential__trainer"
    texts = ("reference__startswith", "renewal__startswith")
    search_help_text = "A reference, or the trainer's name, email address or certification number"
    list_display = ("reference", "due", "who", "documents", "sent", "state", "kind", "reviewer", "expires")
    list_filter = (Shows,)
    list_per_page = 25
    fields = (
        *("reference", "who", "cycle", "kind", "renewal", "received_on", "state", "made_at", "notice"),
        *("notified_on", "due_on", "sent_at", "for_lead", "cause", "asked_by", "agreed_by"),
        *("another_look_at", "another_look_why", "ended_at", "end_reason"),
    )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == Shows.parameter_name or super().lookup_allowed(lookup, value, request)

    def get_ordering(self, request: HttpRequest) -> tuple[OrderBy | str, ...]:  # type: ignore[override]
        sent_first = Case(When(state=State.SENT, then=0), default=1).asc()
        return (sent_first, F("sent_at").asc(nulls_last=True), F("due_on").asc(nulls_last=True), "pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Audit]":
        found: QuerySet[Audit] = super().get_queryset(request)
        items = AuditItem.objects.select_related("record", "reviewed_by").prefetch_related("record__evidence")
        found = found.select_related("cycle__credential__trainer", "asked_by", "agreed_by")
        theirs = Decision.objects.filter(audit=OuterRef("pk"))
        return with_decisions(found, theirs).prefetch_related(Prefetch("items", items))

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("review", self.review, "review", VIEW),
            self.act("pass", acts.pass_audit, DECIDE),
            self.act("fail", acts.fail_audit, DECIDE),
            self.act("accept-rest", acts.accept_rest, DECIDE),
            self.act("replacements", acts.ask_replacements, DECIDE),
            self.act("extend", acts.extend, DECIDE),
            self.act("no-more-time", acts.refuse_time, DECIDE),
            self.act("agree", acts.agree, LEAD),
            self.act("drop", acts.drop, LEAD),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, row: Audit) -> list[Tool]:
        found = [Tool("Review", self.address("review", row.pk))]
        if request.user.has_perm(LEAD) and row.state == State.PROPOSED:
            agree = () if row.agreed_by_id else (Tool("Agree", self.address("agree", row.pk)),)
            found += [*agree, Tool("Drop", self.address("drop", row.pk))]
        if request.user.has_perm(DECIDE) and row.state in WITH_TRAINER and row.due_on:
            found.append(Tool("More time", self.address("extend", row.pk)))
        return found

    def review(self, request: HttpRequest, audit: Audit) -> HttpResponse:
        """Document by document, and the buttons to decide."""
        context = {
            "title": f"Audit {audit.reference}",
            "opts": self.opts,
            "audit": audit,
            "review": review_of(audit, request.user, _today(audit)),
            "tools": self.tools(request, audit)[1:],
            "may_act": request.user.has_perm(DECIDE) and audit.trainer.pk != request.user.pk,
            "entries": self.story(audit),
            "seen": acts.newest_pk(audit),
        }
        page = {**self.admin_site.each_context(request), **context}
        return TemplateResponse(request, "admin/audits/review.html", page)

    def story(self, row: Audit) -> list[dict[str, Any]]:
        return [told(entry) for entry in acts.entries_of(row)[:SHOWN_HISTORY]]

    @admin.display(description="time")
    def due(self, audit: Audit) -> SafeString:
        words = time_left(audit, _today(audit)) or "ended"
        return format_html('<a href="{}">{}</a>', self.address("review", audit.pk), words)

    @admin.display(description="documents")
    def documents(self, audit: Audit) -> str:
        return documents_words(audit)

    @admin.display(description="sent")
    def sent(self, audit: Audit) -> SafeString | str:
        return at(audit.sent_at, settings.TIME_ZONE) if audit.sent_at else "not yet"

    @admin.display(description="reviewer")
    def reviewer(self, audit: Audit) -> str:
        return reviewer_of(audit)

    @admin.display(description="expires")
    def expires(self, audit: Audit) -> Any:
        return audit.cycle.expires_on

    @admin.display(description="mail about it")
    def notice(self, audit: Audit) -> str:
        return mail_words(audit)


@admin.register(AuditItem)
class AuditItemAdmin(ReadOnlyAdmin):
    person = "audit__cycle__credential__trainer"
    texts = ("audit__reference__startswith",)
    search_help_text = "An audit's reference, or the trainer's name, email address or certification number"
    list_display = ("record", "audit", "who", "verdict", "reviewed_by")
    list_filter = ("verdict",)
    list_select_related = ("record", "audit__cycle__credential__trainer", "reviewed_by")
    fields = (
        *("audit", "record", "verdict", "words", "reviewed_by", "reviewed_at"),
        *("unavailable_why", "suspected_why", "suspected_by"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.act("accept", acts.accept_item, DECIDE),
            self.act("replace", acts.replace_item, DECIDE),
            self.act("refuse", acts.refuse_item, DECIDE),
            self.act("suspect", acts.suspect_item, DECIDE),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, row: AuditItem) -> list[Tool]:
        return [Tool("The audit", acts.of_audit("review", row.audit))]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    person = "audit__cycle__credential__trainer"
    texts = ("audit__reference__startswith",)
    search_help_text = "An audit's reference, or the trainer's name, email address or certification number"
    list_display = ("audit", "verdict", "who", "by", "effective", "state")
    list_filter = ("state", "verdict")
    list_select_related = ("audit__cycle__credential__trainer", "by")
    fields = ("audit", "verdict", "words", "by", "decided_at", "effective_at", "state", "ended_at")

    def get_urls(self) -> list[URLPattern]:
        return [self.act("undo", acts.undo, DECIDE), *super().get_urls()]

    def tools(self, request: HttpRequest, row: Decision) -> list[Tool]:
        found = [Tool("The audit", acts.of_audit("review", row.audit))]
        if request.user.has_perm(DECIDE) and row.state == Decision.State.PENDING:
            found.append(Tool("Undo", reverse("admin:audits_decision_undo", args=[row.pk])))
        return found

    @admin.display(description="takes effect")
    def effective(self, decision: Decision) -> SafeString:
        return at(decision.effective_at, settings.TIME_ZONE)


def _today(audit: Audit) -> Any:
    return clock.today(audit.cycle.credential.policy.time_zone)
