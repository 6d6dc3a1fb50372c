"""Versions of the rules that a lead drafted, and how another lead approves them."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse

from cases.models import PolicyDraft
from cases.policy_figures import figure_changes
from cases.policy_overlay import policy_in, text_before
from cases.policy_text import draft_text, editable_figures
from cases.services.policy_drafts import LEADS, approve_policy_draft, withdraw_policy_draft
from core import clock
from core.templatetags.words import day
from rules.days import add_days
from rules.policy.load import load_policy
from rules.policy.parse import PolicyError
from staff.actions import Action, ActionLink, Answers
from staff.filters import QueueFilter
from staff.forms import ReasonForm
from staff.lists import ReadOnlyAdmin
from staff.policy.diffing import stale_texts, version_changes
from staff.policy.draft_page import COMPARED
from staff.policy.impact import impact_of
from staff.today import Queue, register_queues
from trainers.models import Trainer

State = PolicyDraft.State
UNTRUE = "This text still names a previous figure:"


class DraftFilter(QueueFilter[PolicyDraft]):
    """A filter of the list of drafts. Without a choice it shows all."""

    labels = {"waiting": "Waiting", "approved": "Approved", "withdrawn": "Withdrawn"}

    def parts(self, rows: "QuerySet[PolicyDraft]") -> "dict[str, QuerySet[PolicyDraft]]":
        return {
            "waiting": rows.filter(state=State.DRAFT),
            "approved": rows.filter(state=State.APPROVED),
            "withdrawn": rows.filter(state=State.WITHDRAWN),
        }


@admin.register(PolicyDraft)
class PolicyDraftAdmin(ReadOnlyAdmin[PolicyDraft]):
    ordering = ("-first_day", "-pk")
    list_display = ("first_day", "policy_code", "by", "at", "state")
    list_filter = (DraftFilter,)
    list_select_related = ("by", "approved_by")
    fields = (
        "policy_code",
        "first_day",
        "why",
        "by",
        "at",
        "state",
        "approved_by",
        "approved_at",
        "ended_at",
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("approve", action_to_approve, LEADS),
            self.action("withdraw", action_to_withdraw, LEADS),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: PolicyDraft) -> list[ActionLink]:
        """Return the buttons of a draft that is not in force yet. Its author may only withdraw it."""
        today = _today_of(row)
        if not request.user.has_perm(LEADS) or row.state == State.WITHDRAWN or row.is_in_force_on(today):
            return []
        names = {"approve": "Approve", "withdraw": "Withdraw"}
        if row.state == State.APPROVED or row.by_id == request.user.pk or row.first_day <= today:
            del names["approve"]
        return [ActionLink(label, self.address(name, row.pk)) for name, label in names.items()]

    def _row_context(self, request: HttpRequest, object_id: str | None) -> dict[str, object]:
        """Add what the draft changes, whom it touches, and its history."""
        context = super()._row_context(request, object_id)
        row = self.get_object(request, object_id) if context and object_id else None
        if row is None:
            return context
        return {**context, **shown_draft(row), "entries": self.history_lines(row)}


def shown_draft(draft: PolicyDraft) -> dict[str, Sequence[str]]:
    """Return what a draft changes in sentences, whom it touches and which texts it makes untrue while
    it is not in force yet, and what is wrong with it, if anything.
    """
    try:
        live, text = load_policy(draft.policy_code), text_before(draft)
        changed = draft_text(text, first_day=draft.first_day, changes=draft.figures())
        drafted = policy_in(changed, draft.policy_code)
    except PolicyError as error:
        return {"problems": error.problems}
    *earlier, after = (one for one in drafted.versions if one.in_force_from <= draft.first_day)
    before = earlier[-1] if earlier else after
    figures = (
        editable_figures(text, draft.first_day),
        editable_figures(changed, add_days(draft.first_day, 1)),
    )
    shown: dict[str, Sequence[str]] = {
        "changes": [*version_changes(before, after), *figure_changes(*figures)]
    }
    today = clock.today(live.time_zone)
    if draft.state == State.DRAFT and draft.first_day > today:
        shown["touched"] = impact_of(live, drafted, today=today, most=COMPARED).sentences()
        shown["stale"] = stale_texts(drafted, before, after)
    return shown


def _today_of(draft: PolicyDraft) -> date:
    """Return today where the policy's days end; of a policy without a file, where the portal's do."""
    try:
        return clock.today(load_policy(draft.policy_code).time_zone)
    except PolicyError:
        return clock.today(settings.TIME_ZONE)


def action_to_approve(draft: PolicyDraft, by: Trainer) -> Action:
    shown = shown_draft(draft)

    def do(answers: Answers) -> str:
        approve_policy_draft(draft, today=_today_of(draft), by=by, at=clock.now())
        return f"The figures count from {day(draft.first_day)} on."

    return Action(
        title=f"Approve the figures from {day(draft.first_day)}",
        button="Approve",
        do=do,
        lines=(
            *(line for part in ("problems", "changes", "touched") for line in shown.get(part, ())),
            "Until the day before they can be withdrawn.",
        ),
        doubts=lambda: [f"{UNTRUE} {text}" for text in shown.get("stale", ())],
    )


def action_to_withdraw(draft: PolicyDraft, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        withdraw_policy_draft(draft, today=_today_of(draft), by=by, at=clock.now(), **answers)
        return "The draft is withdrawn. The figures stay as they are."

    return Action(
        title=f"Withdraw the figures from {day(draft.first_day)}",
        button="Withdraw",
        do=do,
        form=ReasonForm,
        lines=("The figures stay as they are. The draft stays on record.",),
        danger=True,
    )


@register_queues(7, LEADS)
def draft_queues() -> list[Queue]:
    """Return the queue of drafts that wait for a second person, if there are any."""
    url = f"{reverse('admin:cases_policydraft_changelist')}?shows=waiting"
    line = "Another lead approves or withdraws them"
    return [Queue("Rules to approve", PolicyDraft.objects.waiting(), url, line, "at", if_any=True)]
