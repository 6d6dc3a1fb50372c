"""Petitions and decisions as staff see them: the queue, the page on which one is reviewed, and what is held."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import F, OrderBy, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.decisions import pending_decision, with_decisions
from core import clock
from core.templatetags.words import at, ceus, on
from petitions.checks import Check, checks_of
from petitions.models import Decision, Petition, Question
from staff.actions import Tool
from staff.decisions import Word, say
from staff.lists import SHOWN_HISTORY, ReadOnlyAdmin, told
from staff.petitions import actions as acts
from staff.petitions import today  # noqa: F401 - the piles of the first page
from staff.petitions.pages import review_of, reviewer_of, time_left

State = Petition.State
DECIDE, VIEW = "petitions.decide_petition", "petitions.view_petition"


class Shows(admin.SimpleListFilter):
    """Which petitions the list shows: those that wait for us, unless something is searched for."""

    title, parameter_name = "where it stands", "shows"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", "Waiting"),
            ("late", "Late"),
            ("held", "Decided, held"),
            ("trainer", "With the trainer"),
            ("unpaid", "Not sent or not paid"),
            ("ended", "Ended"),
            ("all", "All"),
        ]

    def value(self) -> str:
        return super().value() or self.usual

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.usual = "all" if request.GET.get("q") else "waiting"
        super().__init__(request, *args)

    def choices(self, changelist: Any) -> Any:
        for code, label in self.lookup_choices:
            link = changelist.get_query_string({self.parameter_name: code})
            yield {"selected": self.value() == code, "query_string": link, "display": label}

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Petition]") -> "QuerySet[Petition]":
        waiting = queryset & Petition.objects.waiting()
        shown = {
            "waiting": waiting,
            "late": waiting.filter(answer_due_on__lt=clock.today(settings.TIME_ZONE)),
            "held": queryset.filter(decisions__state="pending"),
            "trainer": queryset.filter(state=State.QUESTION),
            "unpaid": queryset.filter(state__in=[State.DRAFT, State.UNPAID]),
            "ended": queryset.filter(ended_at__isnull=False),
        }
        return shown.get(self.value(), queryset)


@admin.register(Petition)
class PetitionAdmin(ReadOnlyAdmin):
    person = "trainer"
    texts = ("reference__startswith", "title__icontains", "provider_name__icontains")
    search_help_text = (
        "A reference, course or provider, or the trainer's name, email address or certification number"
    )
    list_display = (
        "reference",
        "left",
        "who",
        "course",
        "provider_name",
        "asked",
        "passed",
        "state",
        "reviewer",
    )
    list_filter = (Shows,)
    list_select_related = ("trainer", "credential")
    list_per_page = 25
    fields = (
        *("reference", "trainer", "credential", "state", "title", "provider_name", "provider_link"),
        *("began_on", "completed_on", "asked", "category", "topic", "learned", "instructor"),
        *("started_at", "received_at", "terms_version", "terms_text", "charge", "submitted_at"),
        *("answer_due_on", "answer_days_left", "questions_asked", "decisions_made", "record"),
        *("another_look_at", "another_look_why", "ended_at"),
    )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == Shows.parameter_name or super().lookup_allowed(lookup, value, request)

    def get_ordering(self, request: HttpRequest) -> tuple[OrderBy | str, ...]:  # type: ignore[override]
        return (F("answer_due_on").asc(nulls_last=True), "pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Petition]":
        found: QuerySet[Petition] = super().get_queryset(request)
        found = found.select_related("trainer", "credential").noting_asked_before()
        asked = Question.objects.filter(petition=OuterRef("pk")).order_by("-pk").values("asked_by__name")
        return with_decisions(found, Decision.objects.filter(petition=OuterRef("pk"))).annotate(
            asker=Subquery(asked[:1])
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The rows of one page are checked together."""
        page = super().get_changelist_instance(request)
        rows = list(page.result_list)
        prefetch_related_objects(rows, "evidence")
        checks = checks_of(rows)
        for row in rows:
            row.checks = checks[row.pk]
        page.result_list = rows
        return page

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("review", self.review, "review", VIEW),
            self.word("approve", acts.approve),
            self.word("ask", acts.ask),
            self.word("decline", acts.decline),
            self.act("extend", acts.extend, DECIDE),
            *super().get_urls(),
        ]

    def word(self, name: str, make: Any) -> URLPattern:
        """A page on which a reviewer writes, reads the mail, and decides."""

        def view(request: HttpRequest, petition: Petition) -> HttpResponse:
            context = {**self.admin_site.each_context(request), "opts": self.opts, "object": petition}
            word: Word = make(request, petition)
            return say(request, word, back=self.address("review", petition.pk), context=context)

        return self.page(name, view, name, DECIDE)

    def tools(self, request: HttpRequest, row: Petition) -> list[Tool]:
        found = [Tool("Review", self.address("review", row.pk))]
        if request.user.has_perm(DECIDE) and row.state == State.QUESTION:
            found.append(Tool("More time to answer", self.address("extend", row.pk)))
        held = pending_decision(row)
        if request.user.has_perm(DECIDE) and held:
            found.append(Tool("Undo the decision", reverse("admin:petitions_decision_undo", args=[held.pk])))
        return found

    def review(self, request: HttpRequest, petition: Petition) -> HttpResponse:
        """Everything that a decision rests on, and the buttons to decide."""
        context = {
            "title": f"Petition {petition.reference}",
            "opts": self.opts,
            "petition": petition,
            "review": review_of(petition, request.user, _today(petition)),
            "may_act": request.user.has_perm(DECIDE) and petition.trainer_id != request.user.pk,
            "entries": self.story(petition),
        }
        return TemplateResponse(
            request, "admin/petitions/review.html", {**self.admin_site.each_context(request), **context}
        )

    def story(self, row: Petition) -> list[dict[str, Any]]:
        return [told(entry) for entry in acts.entries_of(row)[:SHOWN_HISTORY]]

    @admin.display(description="time left")
    def left(self, petition: Petition) -> str:
        return time_left(petition, _today(petition))

    @admin.display(description="course")
    def course(self, petition: Petition) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.address("review", petition.pk), petition.title)

    @admin.display(description="CEUs asked")
    def asked(self, petition: Petition) -> str:
        return "" if petition.asked_hundredths is None else ceus(petition.asked_hundredths)

    @admin.display(description="checks")
    def passed(self, petition: Petition) -> str:
        checks: list[Check] = petition.checks  # type: ignore[attr-defined]
        return f"{sum(check.passed for check in checks)}/{len(checks)}"

    @admin.display(description="reviewer")
    def reviewer(self, petition: Petition) -> str:
        return reviewer_of(petition)

    @admin.display(description="questions")
    def questions_asked(self, petition: Petition) -> SafeString:
        rows = ((on(one.answer_through), one.text, one.answer) for one in petition.questions.all())
        return _listed("<li>Through {}: {} {}</li>", rows)

    @admin.display(description="decisions")
    def decisions_made(self, petition: Petition) -> SafeString:
        rows = (
            (reverse("admin:petitions_decision_change", args=[one.pk]), one, one.by.name, one.words)
            for one in petition.decisions.select_related("by")
        )
        return _listed('<li><a href="{}">{}</a>, by {}. {}</li>', rows)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    person = "petition__trainer"
    texts = ("petition__reference__startswith",)
    search_help_text = "A petition's reference, or the trainer's name, email address or certification number"
    list_display = ("petition", "verdict", "granted", "who", "by", "effective", "state")
    list_filter = ("state", "verdict")
    list_select_related = ("petition__trainer", "by")
    fields = (
        *("petition", "verdict", "granted", "reason_code", "words", "lists_course", "by"),
        *("decided_at", "effective_at", "state", "ended_at", "course"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [self.act("undo", acts.undo, DECIDE), *super().get_urls()]

    def tools(self, request: HttpRequest, row: Decision) -> list[Tool]:
        found = [Tool("The petition", reverse("admin:petitions_petition_review", args=[row.petition_id]))]
        if request.user.has_perm(DECIDE) and row.state == Decision.State.PENDING:
            found.append(Tool("Undo", self.address("undo", row.pk)))
        return found

    @admin.display(description="CEUs granted")
    def granted(self, decision: Decision) -> str:
        return "" if decision.hundredths is None else ceus(decision.hundredths)

    @admin.display(description="takes effect")
    def effective(self, decision: Decision) -> SafeString:
        return at(decision.effective_at, settings.TIME_ZONE)


def _today(petition: Petition) -> Any:
    return clock.today(petition.credential.policy.time_zone)


def _listed(line: str, rows: Any) -> SafeString:
    return format_html('<ul class="plain">{}</ul>', format_html_join("", line, rows))
