"""What staff may do to a renewal. Each action calls one service; whoever comes second reads who was
first.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from core import clock
from core.deadlines import clock_time
from core.errors import Refusal
from core.models import HistoryEntry
from core.templatetags.words import day
from renewals import services
from renewals.models import Application, Decision
from renewals.notice_codes import DENIED, RENEWED, RETURNED
from renewals.services.audited import audit_not_passed
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
from staff.renewals.forms import CauseForm, DenyForm, ReopenAuditForm, ReopenForm, ReturnForm
from trainers.models import Trainer

QUEUE = "admin:renewals_application_waiting"
REVIEW = "admin:renewals_application_review"
Verdict = Decision.Verdict
VERBS = {Verdict.APPROVE: "Approve", Verdict.RETURN: "Return", Verdict.DENY: "Deny"}
MAILS = {Verdict.APPROVE: RENEWED, Verdict.RETURN: RETURNED, Verdict.DENY: DENIED}
WHAT_WAS_DONE = {  # to the renewal by somebody else, where the verb of our history does not say it
    "decided": "decided about",
    "taken back": "took back the decision about",
    "released": "decided about",
    "another look": "asked for another look at",
    "withdrawn": "withdrew",
}


def action_to_approve(application: Application, by: Trainer) -> Action:
    lines = (
        f"They are certified through {day(application.cycle.expires_on)} now. The next cycle opens, and we email them.",
    )
    return _decision_action(application, by, Verdict.APPROVE, lines=lines)


def action_to_return(application: Application, by: Trainer) -> Action:
    lines = (
        "They get an email with your words and have the policy's days to correct it. Their price stays.",
    )
    return _decision_action(application, by, Verdict.RETURN, form=ReturnForm, lines=lines)


def action_to_deny(application: Application, by: Trainer) -> Action:
    lines = ("They get an email with your words. What they claimed is free again.",)
    return _decision_action(application, by, Verdict.DENY, form=DenyForm, lines=lines, danger=True)


def action_to_take_back(decision: Decision, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.take_back_decision(decision, by=by, at=clock.now())
        return f"The decision about {decision.application.reference} is taken back. No mail was sent."

    return Action(
        title=f"Undo the decision about {decision.application.reference}",
        button="Take it back",
        do=do,
        lines=("The renewal waits for a decision again. The trainer hears nothing of it.",),
        next_url=lambda: reverse(REVIEW, args=[decision.application_id]),
    )


def action_to_reopen(application: Application, by: Trainer) -> Action:
    against, form, newest = audit_not_passed(application), ReopenForm, last_entry(application)
    line = "The denial is taken back: the renewal is in review again, and somebody decides."
    if against:
        line = f"The audit {against.reference} is opened again with it, and its closing decides."
        form = ReopenAuditForm if against.state == against.State.EXPIRED else ReopenForm

    def do(answers: Answers) -> str:
        asked = {name: answers[name] for name in ("reason", "through") if name in answers}
        with naming_who_was_first(lambda: last_entry(application), what=_what_was_done):
            services.reopen_application(application, by=by, at=clock.now(), **asked)
        return f"The renewal of {application.trainer.name} is reopened."

    return Action(
        title=f"Reopen the renewal of {application.trainer.name}",
        button="Reopen this renewal",
        do=do,
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=(line,),
        check=lambda answers: check_nothing_new(newest, answers["seen"], by=by, what=_what_was_done),
        next_url=lambda: next_waiting(by),
    )


def action_to_audit(application: Application, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        audit = services.propose_audit(application, by=by, at=clock.now(), cause=answers["cause"])
        return f"{audit.reference} waits for another lead. The trainer hears nothing of it until then."

    return Action(
        title=f"Audit {application.trainer.name} for cause",
        button="Ask for this audit",
        do=do,
        form=CauseForm,
        lines=(
            "This is no part of the random draw. Another lead must agree, and the renewal waits meanwhile.",
        ),
    )


def next_waiting(person: Trainer) -> str:
    """Return the review page of the renewal that has waited longest; the queue when none waits for
    this person.
    """
    waiting = Application.objects.waiting().exclude(trainer=person).order_by("received_at", "pk")
    return first_review_url(waiting, review=REVIEW, queue=QUEUE)


def renewal_history(application: Application) -> "QuerySet[HistoryEntry]":
    """Return what happened to a renewal and to the decisions about it, newest first."""
    return history_of(application, *application.decisions.all())


def last_entry(application: Application) -> HistoryEntry | None:
    """Return the newest row of the renewal's history."""
    return renewal_history(application).first()


def decide_renewal(application: Application, verdict: Verdict, *, by: Trainer, words: str = "") -> Decision:
    """Decide about a renewal. Raises Refusal with who was first, and when this person has decided
    something else before.
    """
    with naming_who_was_first(lambda: last_entry(application), what=_what_was_done):
        decision = services.decide_application(
            application, verdict=verdict, by=by, at=clock.now(), words=words
        )
    if decision.words != words.strip():
        raise Refusal("You have decided this already. Take that decision back first.", code="decided")
    return decision


def _decision_action(
    application: Application,
    by: Trainer,
    verdict: Verdict,
    *,
    form: type[SeenForm] = SeenForm,
    lines: Sequence[str] = (),
    danger: bool = False,
) -> Action:
    newest, verb = last_entry(application), VERBS[verdict]

    def decide(answers: Answers) -> Decision:
        return decide_renewal(application, verdict, by=by, words=answers.get("reason", ""))

    def take_effect(answers: Answers) -> None:
        decision = decide(answers)
        services.release_renewal_decision(decision, at=decision.effective_at)

    def check(answers: Answers) -> None:
        check_nothing_new(newest, answers["seen"], by=by, what=_what_was_done, own_verb="decided")

    return Action(
        title=f"{verb} the renewal of {application.trainer.name}",
        button=f"{verb} this renewal",
        do=lambda answers: effect_words(decide(answers)),
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=(*lines, "You read the mail before anything is decided, and can undo it for a few minutes."),
        check=check,
        preview=lambda answers: preview_notice(lambda: take_effect(answers), kind=MAILS[verdict]),
        next_url=lambda: next_waiting(by),
        danger=danger,
    )


def effect_words(decision: Decision) -> str:
    """Return when the decision takes effect, with the way to undo it."""
    zone = decision.application.cycle.credential.policy.time_zone
    return format_html(
        '{} takes effect at {}. <a href="{}">Undo</a>',
        decision.application.reference,
        clock_time(decision.effective_at, zone),
        reverse("admin:renewals_decision_undo", args=[decision.pk]),
    )


def _what_was_done(entry: HistoryEntry) -> str:
    return f"{WHAT_WAS_DONE.get(entry.verb, entry.verb)} this renewal"
