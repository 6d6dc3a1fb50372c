"""Deciding about a case, in the same way in every room: the action with its mail, who was first,
undo, the next case, and the list of decisions.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString

from cases.decisions import PendingDecision, take_back_decision
from cases.desk import offered_to
from cases.models import CaseModel
from cases.protocols import DecidedCase
from core import clock
from core.errors import Refusal
from core.mail import Mail
from core.models import HistoryEntry
from core.policy_words import portal_holder
from core.templatetags.words import at
from staff.actions import (
    Action,
    ActionLink,
    Answers,
    check_nothing_new,
    first_review_url,
    naming_who_was_first,
    preview_notice,
    preview_notice_if_any,
)
from staff.forms import SeenForm
from staff.history import history_of
from staff.lists import ReadOnlyAdmin
from staff.reports.filters import ENDED, PersonFilter
from trainers.models import Trainer

CaseRow = TypeVar("CaseRow", bound=Model)
READ_FIRST = "You read the mail before anything is decided, and can undo it for a few minutes."
ELSEWHERE = {  # what somebody else did to a case, for verbs of history that are no words of a sentence
    "decided": "decided about",
    "taken back": "took back the decision about",
    "released": "decided about",
    "another look": "asked for another look at",
    "withdrawn": "withdrew",
}


@dataclass(frozen=True)
class DecisionRoom:
    """How one room decides its cases. `decide` and `release` are the two services for its
    decisions. `take_effect` is called in a preview after `release`, for decisions whose mail is
    sent by a later step.
    """

    noun: str
    case: str  # the beginning of the URL names of the case's pages
    queue: str
    may_decide: str
    waiting: Callable[[Trainer], "QuerySet[CaseModel]"]
    decide: Callable[..., PendingDecision]
    release: Callable[..., object]
    done: Mapping[str, str]  # what was done, for the verbs of our history that this room has alone
    decisions: type[PendingDecision]
    told: Callable[[Any], str]  # what a decision was, for the bar that offers to undo it
    take_effect: Callable[[Any, datetime], None] = lambda case, at: None

    @property
    def review(self) -> str:
        return f"{self.case}_review"

    @property
    def undo(self) -> str:
        return f"{self.case.rpartition('_')[0]}_decision_undo"

    def review_url(self, case: DecidedCase) -> str:
        """Return the URL of the page on which a case is reviewed."""
        return reverse(self.review, args=[case.pk])

    def next_waiting(self, person: Trainer) -> str:
        """Return the URL of the next review page: first the cases assigned to `person`, then
        unassigned ones; the queue when there is none.
        """
        waiting = offered_to(person, self.waiting(person), on=clock.today(settings.TIME_ZONE))
        return first_review_url(waiting, review=self.review, queue=self.queue)

    def what_was_done(self, entry: HistoryEntry) -> str:
        """Return what a row of history did, such as "approved this renewal", for a person who came
        second.
        """
        return f"{({**ELSEWHERE, **self.done}).get(entry.verb, 'changed')} this {self.noun}"

    def check_nothing_new(
        self, newest: HistoryEntry | None, answers: Answers, *, by: Trainer, own_verb: str = ""
    ) -> None:
        """Raise Refusal when somebody changed the case since `by` opened the page."""
        check_nothing_new(newest, answers["seen"], by=by, what=self.what_was_done, own_verb=own_verb)

    def naming_who_was_first(self, case: DecidedCase) -> AbstractContextManager[None]:
        """Return a context in which a Refusal that is due to the case's state says who has changed
        the state.
        """
        return naming_who_was_first(lambda: last_entry(case), what=self.what_was_done)


def case_history(case: DecidedCase) -> "QuerySet[HistoryEntry]":
    """Return what happened to a case and to the decisions about it, newest first."""
    return history_of(case, *case.decisions.all())


def last_entry(case: DecidedCase) -> HistoryEntry | None:
    """Return the newest row of a case's history."""
    return case_history(case).first()


def read_decisions(case: Any) -> Any | None:
    """Read the decisions about a case with their authors, once for its review page and its history;
    return the pending one.
    """
    rows = case.decisions.model._default_manager.select_related("by")
    prefetch_related_objects([case], Prefetch("decisions", rows))
    return next((one for one in case.decisions.all() if one.state == PendingDecision.State.PENDING), None)


def newest_pk(case: DecidedCase) -> int | None:
    """Return the primary key of the newest row of a case's history, for `SeenForm`."""
    return case_history(case).values_list("pk", flat=True).first()


def without_decided_by(
    person: Trainer, cases: "QuerySet[CaseRow]", decisions: type[PendingDecision]
) -> "QuerySet[CaseRow]":
    """Return `cases` without those that `person` has decided: nobody makes the second review of
    their own decision.
    """
    rows: Any = decisions._default_manager
    return cases.exclude(pk__in=rows.conclusions().filter(by=person).values(decisions.CASE))


def decide_case(
    room: DecisionRoom, case: DecidedCase, verdict: str, *, by: Trainer, said: Answers, note: str = ""
) -> PendingDecision:
    """Decide a case; the decision's history keeps `note`. Raises Refusal, which names who was
    first, when somebody else has decided, and when `by` has decided something else.
    """
    said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    with room.naming_who_was_first(case):
        decision = room.decide(case, verdict=verdict, by=by, at=clock.now(), note=note, **said)
    if any(getattr(decision, name) != value for name, value in said.items()):
        raise Refusal("You have decided this already. Take that decision back first.", code="decided")
    return decision


def decision_action(
    room: DecisionRoom,
    case: DecidedCase,
    by: Trainer,
    verdict: str,
    *,
    title: str,
    button: str,
    said: Callable[[Answers], Answers],
    form: type[SeenForm] = SeenForm,
    initial: Mapping[str, object] | None = None,
    lines: Sequence[str] = (),
    doubts: Callable[[], Sequence[str]] = tuple,
    mail: str = "",
    danger: bool = False,
) -> Action:
    """Return the action that decides about a case.

    Its preview is the notice of the kind `mail`; without a kind, whatever notice the decision
    queues, if any. The history keeps the `doubts` that the person confirmed.
    """
    newest = last_entry(case)

    def decide(answers: Answers) -> PendingDecision:
        return decide_case(room, case, verdict, by=by, said=said(answers), note=_as_history_reads(doubts()))

    return Action(
        title=title,
        button=button,
        do=lambda answers: _say_nothing(decide(answers)),
        form=form,
        initial={"seen": newest.pk if newest else None, **(initial or {})},
        lines=(*lines, READ_FIRST),
        check=lambda answers: room.check_nothing_new(newest, answers, by=by, own_verb="decided"),
        preview=lambda answers: _mail_of(lambda: _release_at_once(room, decide(answers)), mail),
        next_url=lambda: room.next_waiting(by),
        doubts=doubts,
        can_be_undone=True,
        danger=danger,
    )


def _as_history_reads(doubts: Sequence[str]) -> str:
    """Return the confirmed doubts in the words of history, which others read too: “you” becomes
    “the reviewer”.
    """
    return " ".join(doubts).replace("opened by you", "opened by the reviewer")


def _say_nothing(decision: object) -> str:
    """Return "": the next page says in its own bar, with Undo, what was decided."""
    return ""


def _release_at_once(room: DecisionRoom, decision: PendingDecision) -> None:
    room.release(decision, at=decision.effective_at)
    room.take_effect(decision.case, decision.effective_at)


def _mail_of(do: Callable[[], object], kind: str) -> Mail | None:
    return preview_notice(do, kind=kind) if kind else preview_notice_if_any(do)


def action_to_take_back(room: DecisionRoom, decision: PendingDecision, by: Trainer) -> Action:
    """Return the action that takes back a pending decision."""
    reference = decision.case.reference

    def do(answers: Answers) -> str:
        take_back_decision(decision, by=by, at=clock.now())
        return f"The decision about {reference} is taken back. No mail was sent."

    return Action(
        title=f"Undo the decision about {reference}",
        button="Take it back",
        do=do,
        lines=(
            f"The {room.noun} waits for a decision again. The {portal_holder().singular} hears nothing of it.",
        ),
        next_url=lambda: room.review_url(decision.case),
    )


class DecisionAdmin(ReadOnlyAdmin[PendingDecision]):
    """The list of decisions of one room, with the button to undo each while it is pending."""

    room: ClassVar[DecisionRoom]
    list_filter: ClassVar[tuple[str | type[admin.ListFilter], ...]] = (
        "state",
        "verdict",
        PersonFilter,
        ENDED,
    )

    def get_urls(self) -> list[URLPattern]:
        def take_back(decision: PendingDecision, by: Trainer) -> Action:
            return action_to_take_back(self.room, decision, by)

        return [self.action("undo", take_back, self.room.may_decide), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: PendingDecision) -> list[ActionLink]:
        found = [ActionLink(f"The {self.room.noun}", self.room.review_url(row.case))]
        if request.user.has_perm(self.room.may_decide) and row.state == PendingDecision.State.PENDING:
            found.append(ActionLink("Undo", self.address("undo", row.pk)))
        return found

    @admin.display(description="takes effect")
    def effective(self, decision: PendingDecision) -> SafeString:
        return at(decision.effective_at, settings.TIME_ZONE)
