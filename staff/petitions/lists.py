"""Petitions as staff see them: the queue, the review page of one petition, and pending
decisions.
"""

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.db.models import F, OrderBy, OuterRef, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.decisions import pending_decision
from cases.listing import with_decisions
from cases.reviewers import may_review
from core import clock
from core.models import HistoryEntry
from core.policy_words import in_policy_words
from core.templatetags.words import ceus, on
from petitions.models import Decision, Petition
from petitions.models.petition import PetitionQuerySet
from petitions.screening import AutomaticCheck, checks_by_petition
from staff.actions import ActionLink, staff_user
from staff.decisions import DecisionAdmin, case_history
from staff.desk.lists import CaseAdmin, DeskFilter, shows_all
from staff.desk.pages import checks_cell, two_lines
from staff.petitions import actions
from staff.petitions.pages import petition_review, time_left
from staff.reports.filters import ConclusionFilter, PromiseFilter
from staff.today import policy_today
from staff.undoing import undo_bar

State = Petition.State
DECIDE, VIEW = "petitions.decide_petition", "petitions.view_petition"


class PetitionFilter(DeskFilter[Petition]):
    """A filter of the list of petitions. Without a choice or a search it shows those that wait for staff."""

    own = {
        "trainer": in_policy_words("With the {holder}"),
        "pending": "Decided, pending",
        "unpaid": "Not sent or not paid",
        "ended": "Ended",
        "all": "All",
    }

    def waiting(self, rows: "QuerySet[Petition]") -> "QuerySet[Petition]":
        return rows & Petition.objects.waiting()

    def late(self, waiting: "QuerySet[Petition]") -> "QuerySet[Petition]":
        return waiting.filter(answer_due_on__lt=clock.today(settings.TIME_ZONE))

    def own_parts(self, rows: "QuerySet[Petition]") -> "dict[str, QuerySet[Petition]]":
        return {
            "trainer": rows.filter(state=State.QUESTION),
            "pending": rows.filter(decisions__state="pending"),
            "unpaid": rows.filter(state__in=[State.DRAFT, State.UNPAID]),
            "ended": rows.filter(ended_at__isnull=False),
        }


@admin.register(Petition)
class PetitionAdmin(CaseAdmin[Petition]):
    room = actions.ROOM
    person = "trainer"
    texts = ("reference__startswith", "title__icontains", "provider_name__icontains")
    search_help_text = in_policy_words(
        "A reference, course or provider, or the {holder}'s name, email address or certification number"
    )
    list_display = (
        "reference",
        "time",
        "who",
        "course",
        "asked",
        "passed",
        "state",
        "assignee",
    )
    list_filter = (PetitionFilter,)
    actions = (*CaseAdmin.actions, "approve_these")
    list_select_related = ("trainer", "credential")
    fields = (
        *("reference", "trainer", "credential", "state", "title", "provider_name", "provider_link"),
        *("began_on", "completed_on", "asked", "category", "topic", "learned", "instructor"),
        *("started_at", "received_at", "attestation_version", "attestation_text", "charge", "submitted_at"),
        *("answer_due_on", "answer_days_left", "questions_asked", "decisions_made", "record"),
        *("another_look_at", "another_look_why", "ended_at"),
    )

    def get_ordering(self, request: HttpRequest) -> tuple[OrderBy | str, ...]:
        """Return the order of the list: the earliest due comes first; among petitions that do not
        wait for staff, the newest.
        """
        if shows_all(request):
            return ("-pk",)
        return (F("answer_due_on").asc(nulls_last=True), "pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Petition]":
        rows = cast(PetitionQuerySet, super().get_queryset(request))
        found = rows.select_related("trainer", "credential").noting_asked_before()
        return with_decisions(found, Decision.objects.filter(petition=OuterRef("pk")))

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        """Compute the automatic checks of all rows together."""
        super().prepare_rows(request, rows)
        prefetch_related_objects(rows, "evidence")
        checks = checks_by_petition(rows)
        for row in rows:
            row.checks = checks[row.pk]

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("review", self.review, VIEW),
            self.action("approve", actions.action_to_approve, DECIDE, back="review"),
            self.action("ask", actions.action_to_ask, DECIDE, back="review"),
            self.action("decline", actions.action_to_decline, DECIDE, back="review"),
            self.action("extend", actions.action_to_extend, DECIDE),
            *super().get_urls(),
        ]

    @admin.action(description="Approve what passes every check…", permissions=["decide"])
    def approve_these(self, request: HttpRequest, chosen: "QuerySet[Petition]") -> HttpResponse:
        return self.act_on_chosen(request, chosen, actions.action_to_approve_these)

    def action_links(self, request: HttpRequest, row: Petition) -> list[ActionLink]:
        found = [ActionLink("Review", self.address("review", row.pk))]
        if request.user.has_perm(DECIDE) and row.state == State.QUESTION:
            found.append(ActionLink("More time to answer", self.address("extend", row.pk)))
        pending = pending_decision(row)
        if request.user.has_perm(DECIDE) and pending:
            found.append(
                ActionLink("Undo the decision", reverse("admin:petitions_decision_undo", args=[pending.pk]))
            )
        return found

    def review(self, request: HttpRequest, petition: Petition) -> HttpResponse:
        """Show the review page: everything that a decision needs, and the buttons to decide."""
        person = staff_user(request)
        review = petition_review(petition, person, policy_today(petition.credential), request.GET)
        context = {
            "title": petition.title,
            "petition": petition,
            "review": review,
            "offer": actions.offer_to_approve(
                petition, person, all_checks_pass=review.passes_all_checks, doubts=review.evidence.unseen
            )
            if review.may_decide and not review.fee_went_back
            else None,
            "undo": undo_bar(actions.ROOM, person),
            "may_act": may_review(petition, person),
            "entries": self.history_lines(petition),
        }
        return self.render_page(request, "admin/petitions/review.html", context)

    def row_history(self, row: Petition) -> "QuerySet[HistoryEntry]":
        return case_history(row)

    def own_time_words(self, case: Petition) -> str:
        return time_left(case, policy_today(case.credential))

    @admin.display(description="course and provider")
    def course(self, petition: Petition) -> SafeString:
        return two_lines(petition.title, petition.provider_name)

    @admin.display(description=in_policy_words("{units} asked"))
    def asked(self, petition: Petition) -> str:
        return "" if petition.asked_hundredths is None else ceus(petition.asked_hundredths)

    @admin.display(description="checks")
    def passed(self, petition: Petition) -> SafeString:
        checks: list[AutomaticCheck] = petition.checks  # type: ignore[attr-defined]  # set in prepare_rows
        return checks_cell(sum(check.passed for check in checks), len(checks))

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
class PetitionDecisionAdmin(DecisionAdmin):
    room = actions.ROOM
    person = "petition__trainer"
    texts = ("petition__reference__startswith",)
    list_filter = (*DecisionAdmin.list_filter, ConclusionFilter, PromiseFilter)
    search_help_text = in_policy_words(
        "A petition's reference, or the {holder}'s name, email address or certification number"
    )
    list_display = ("petition", "verdict", "granted", "who", "by", "effective", "state")
    list_select_related = ("petition__trainer", "by")
    fields = (
        *("petition", "verdict", "granted", "reason_code", "words", "lists_course", "by"),
        *("decided_at", "effective_at", "state", "ended_at"),
        *("stuck_at", "stuck_reason", "awaits_person", "course"),
    )

    @admin.display(description=in_policy_words("{units} granted"))
    def granted(self, decision: Decision) -> str:
        return "" if decision.hundredths is None else ceus(decision.hundredths)


def _listed(line: str, rows: Iterable[tuple[object, ...]]) -> SafeString:
    return format_html('<ul class="plain">{}</ul>', format_html_join("", line, rows))
