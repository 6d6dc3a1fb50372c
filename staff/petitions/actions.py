"""What staff may do to a petition. Each action calls one service; whoever is second reads who was
first.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import format_html

from core import clock
from core.deadlines import clock_time
from core.errors import Refusal
from core.models import HistoryEntry
from core.templatetags.words import day
from petitions import services
from petitions.models import Decision, Petition
from petitions.notice_codes import APPROVED, DENIED, QUESTION
from staff.actions import (
    Action,
    Answers,
    check_nothing_new,
    first_review_url,
    naming_who_was_first,
    preview_notice,
)
from staff.forms import SeenForm
from staff.history import history_of
from staff.petitions.forms import ApproveForm, AskForm, DeclineForm, ExtendForm
from trainers.models import Trainer

QUEUE = "admin:petitions_petition_changelist"
REVIEW = "admin:petitions_petition_review"
Verdict = Decision.Verdict
MAILS = {Verdict.APPROVE: APPROVED, Verdict.DENY: DENIED}
WHAT_WAS_DONE = {  # to the petition by somebody else, for each verb of our history
    "decided": "decided about",
    "taken back": "took back the decision about",
    "released": "decided about",
    "asked": "asked the trainer about",
    "answered": "answered our question about",
    "approved": "approved",
    "denied": "declined",
    "withdrawn": "withdrew",
    "closed": "closed",
    "another look": "asked for another look at",
    "more time to answer": "gave more time to answer about",
}


def action_to_approve(petition: Petition, by: Trainer) -> Action:
    lines = (f"They asked for {petition.credential.policy.unit.words(petition.asked_hundredths or 0)}.",)
    initial = {"hundredths": petition.asked_hundredths}
    return _decision_action(petition, by, Verdict.APPROVE, form=ApproveForm, initial=initial, lines=lines)


def action_to_decline(petition: Petition, by: Trainer) -> Action:
    return _decision_action(petition, by, Verdict.DENY, form=DeclineForm, danger=True)


def _decision_action(
    petition: Petition,
    by: Trainer,
    verdict: Verdict,
    *,
    form: type[SeenForm],
    initial: Mapping[str, Any] | None = None,
    lines: Sequence[str] = (),
    danger: bool = False,
) -> Action:
    newest = last_entry(petition)
    verb = "Approve" if verdict == Verdict.APPROVE else "Decline"

    def decide(answers: Answers) -> Decision:
        said = {name: value for name, value in answers.items() if name != "seen"}
        return _decide_petition(petition, verdict, by=by, **said)

    def take_effect(answers: Answers) -> None:
        decision = decide(answers)
        services.release_petition_decision(decision, at=decision.effective_at)

    def check(answers: Answers) -> None:
        check_nothing_new(newest, answers["seen"], by=by, what=_what_was_done, own_verb="decided")

    return Action(
        title=f"{verb} {petition.reference}",
        button=f"{verb} this petition",
        do=lambda answers: effect_words(decide(answers)),
        form=form,
        initial={"seen": newest.pk if newest else None, **(initial or {})},
        lines=(*lines, "You read the mail before anything is decided, and can undo it for a few minutes."),
        check=check,
        preview=lambda answers: preview_notice(lambda: take_effect(answers), kind=MAILS[verdict]),
        next_url=lambda: next_waiting(by),
        danger=danger,
    )


def action_to_ask(petition: Petition, by: Trainer) -> Action:
    newest = last_entry(petition)

    def do(answers: Answers) -> str:
        with naming_who_was_first(lambda: last_entry(petition), what=_what_was_done):
            services.ask_question(petition, by=by, at=clock.now(), text=answers["text"])
        return f"We asked {petition.trainer.name}. Our clock stands still until they answer."

    return Action(
        title=f"Ask about {petition.reference}",
        button="Ask this",
        do=do,
        form=AskForm,
        initial={"seen": newest.pk if newest else None},
        lines=("The mail goes out at once. The trainer has the policy's days to answer.",),
        check=lambda answers: check_nothing_new(newest, answers["seen"], by=by, what=_what_was_done),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=QUESTION),
        next_url=lambda: next_waiting(by),
    )


def action_to_take_back(decision: Decision, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.take_back_decision(decision, by=by, at=clock.now())
        return f"The decision about {decision.petition.reference} is taken back. No mail was sent."

    return Action(
        title=f"Undo the decision about {decision.petition.reference}",
        button="Take it back",
        do=do,
        lines=("The petition waits for a decision again. The trainer hears nothing of it.",),
        next_url=lambda: reverse(REVIEW, args=[decision.petition_id]),
    )


def action_to_extend(petition: Petition, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        question = services.extend_question(petition, by=by, at=clock.now(), **answers)
        return f"They may answer through {day(question.answer_through)}."

    question = petition.questions.open().first()
    return Action(
        title=f"More time to answer about {petition.reference}",
        button="Give more time",
        do=do,
        form=ExtendForm,
        lines=(f"The last day to answer is {day(question.answer_through)} now.",) if question else (),
    )


def waiting_for(person: Trainer) -> "QuerySet[Petition]":
    """Return the petitions that this person could decide, the one due first at the top.

    Without the person's own, and without second looks at the person's own decisions.
    """
    decided = Decision.objects.filter(petition=OuterRef("pk"), state=Decision.State.RELEASED, by=person)
    return (
        Petition.objects.waiting()
        .exclude(trainer=person)
        .exclude(Exists(decided))
        .order_by("answer_due_on", "pk")
    )


def next_waiting(person: Trainer) -> str:
    """Return the review page of the petition that is due first; the queue when none waits for this person."""
    return first_review_url(waiting_for(person), review=REVIEW, queue=QUEUE)


def petition_history(petition: Petition) -> "QuerySet[HistoryEntry]":
    """Return what happened to a petition and to the decisions about it, newest first."""
    return history_of(petition, *petition.decisions.all())


def last_entry(petition: Petition) -> HistoryEntry | None:
    """Return the newest row of the petition's history."""
    return petition_history(petition).first()


def _decide_petition(petition: Petition, verdict: Verdict, *, by: Trainer, **said: Any) -> Decision:
    """Decide it. Raises Refusal with who was first, and when this person decided something else
    before.
    """
    with naming_who_was_first(lambda: last_entry(petition), what=_what_was_done):
        decision = services.decide_petition(petition, verdict=verdict, by=by, at=clock.now(), **said)
    if any(getattr(decision, name) != said[name] for name in said):
        raise Refusal("You have decided this already. Take that decision back first.", code="decided")
    return decision


def effect_words(decision: Decision) -> str:
    """Return when the decision takes effect, with the way to undo it."""
    zone = decision.petition.credential.policy.time_zone
    return format_html(
        '{} takes effect at {}. <a href="{}">Undo</a>',
        decision.petition.reference,
        clock_time(decision.effective_at, zone),
        reverse("admin:petitions_decision_undo", args=[decision.pk]),
    )


def _what_was_done(entry: HistoryEntry) -> str:
    return f"{WHAT_WAS_DONE.get(entry.verb, 'changed')} this petition"
