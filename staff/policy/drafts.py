"""Versions of the rules that a lead drafted, and how another lead approves them."""

from pathlib import Path

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse

from cases.models import PolicyDraft
from cases.policy_overlay import texts_with
from cases.policy_text import draft_text
from cases.services.policy_drafts import LEADS, approve_policy_draft, withdraw_policy_draft
from core import clock
from core.templatetags.words import day
from rules.policy.load import load_policy, policy_path
from rules.policy.model import Policy
from staff.actions import Action, ActionLink, Answers
from staff.filters import QueueFilter
from staff.forms import ReasonForm
from staff.lists import ReadOnlyAdmin
from staff.policy.diffing import version_changes
from staff.policy.draft_page import COMPARED
from staff.policy.files import check_draft
from staff.policy.impact import impact_of
from staff.today import Queue, register_queues
from trainers.models import Trainer

State = PolicyDraft.State


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
        today = clock.today(load_policy(row.policy_code).time_zone)
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


def shown_draft(draft: PolicyDraft) -> dict[str, object]:
    """Return what a draft changes in sentences, whom it touches while it is not in force yet, and
    what is wrong with it, if anything.
    """
    live = load_policy(draft.policy_code)
    drafted, problems = _policy_with(draft)
    after = (
        next((one for one in drafted.versions if one.in_force_from == draft.first_day), None)
        if drafted
        else None
    )
    if drafted is None or after is None:
        return {"problems": problems}
    earlier = [one for one in drafted.versions if one.in_force_from < draft.first_day]
    shown: dict[str, object] = {"changes": version_changes(earlier[-1], after)}
    today = clock.today(live.time_zone)
    if draft.state == State.DRAFT and draft.first_day > today:
        shown["touched"] = impact_of(live, drafted, today=today, most=COMPARED).sentences()
    return shown


def _policy_with(draft: PolicyDraft) -> tuple[Policy | None, list[str]]:
    """Return the policy with this version and those approved before it, and what is wrong with it."""
    path = policy_path(draft.policy_code)
    if path is None:
        return None, ["The policy has no file any more."]
    others = PolicyDraft.objects.approved().filter(
        policy_code=draft.policy_code, first_day__lt=draft.first_day
    )
    text = texts_with(list(others)).get(draft.policy_code) or Path(path).read_text(encoding="utf-8")
    checked = check_draft(
        draft_text(text, first_day=draft.first_day, changes=draft.figures()), draft.policy_code
    )
    return checked.policy, [problem.sentence for problem in checked.problems]


def action_to_approve(draft: PolicyDraft, by: Trainer) -> Action:
    today = clock.today(load_policy(draft.policy_code).time_zone)

    def do(answers: Answers) -> str:
        approve_policy_draft(draft, today=today, by=by, at=clock.now())
        return f"The figures count from {day(draft.first_day)} on."

    return Action(
        title=f"Approve the figures from {day(draft.first_day)}",
        button="Approve",
        do=do,
        lines=(
            *(str(one) for one in _lines(draft, "changes")),
            *(str(one) for one in _lines(draft, "touched")),
            "Until that day they can be withdrawn.",
        ),
        asks_first=False,
    )


def action_to_withdraw(draft: PolicyDraft, by: Trainer) -> Action:
    today = clock.today(load_policy(draft.policy_code).time_zone)

    def do(answers: Answers) -> str:
        withdraw_policy_draft(draft, today=today, by=by, at=clock.now(), **answers)
        return "The draft is withdrawn. The figures stay as they are."

    return Action(
        title=f"Withdraw the figures from {day(draft.first_day)}",
        button="Withdraw",
        do=do,
        form=ReasonForm,
        lines=("The figures stay as they are. The draft stays on record.",),
        danger=True,
    )


def _lines(draft: PolicyDraft, part: str) -> list[object]:
    found = shown_draft(draft).get(part, [])
    return list(found) if isinstance(found, list | tuple) else []


@register_queues(7, LEADS)
def draft_queues() -> list[Queue]:
    """Return the queue of drafts that wait for a second person, if there are any."""
    url = f"{reverse('admin:cases_policydraft_changelist')}?shows=waiting"
    line = "Another lead approves or withdraws them"
    return [Queue("Rules to approve", PolicyDraft.objects.waiting(), url, line, "at", if_any=True)]
