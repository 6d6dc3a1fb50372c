"""What staff may do to a renewal. Each action calls one service."""

from collections.abc import Sequence

from django.db.models import QuerySet

from core import clock
from core.errors import Refusal
from core.templatetags.words import day
from renewals import services
from renewals.models import Application, Decision
from renewals.notice_codes import DENIED, RENEWED, RETURNED
from renewals.services.audited import audit_not_passed
from staff.actions import Action, Answers
from staff.decisions import DecisionRoom, decide_case, decision_action, last_entry
from staff.forms import SeenForm, chosen_form
from staff.renewals.forms import CauseForm, DenyForm, ReopenAuditForm, ReopenForm, ReturnForm
from staff.renewals.pages import queue_rows
from staff.two_people.actions import TAKES_TWO, WAITS
from trainers.models import Trainer

Verdict = Decision.Verdict


def waiting_for(person: Trainer) -> "QuerySet[Application]":
    """Return what this person could decide, what has waited longest at the top. Not their own."""
    return Application.objects.waiting().exclude(trainer=person).order_by("received_at", "pk")


ROOM = DecisionRoom(
    noun="renewal",
    case="admin:renewals_application",
    queue="admin:renewals_application_waiting",
    may_decide="renewals.decide_application",
    waiting=waiting_for,
    decide=services.decide_application,
    release=services.release_renewal_decision,
    done={
        verb: verb
        for verb in ("approved", "returned", "denied", "corrected", "reopened", "reversed", "lapsed")
    },
)


def action_to_approve(application: Application, by: Trainer) -> Action:
    lines = (
        f"They are certified through {day(application.cycle.expires_on)} now. The next cycle opens, and we email them.",
    )
    return _decision_action(application, by, Verdict.APPROVE, "Approve", SeenForm, lines, mail=RENEWED)


def action_to_return(application: Application, by: Trainer) -> Action:
    lines = (
        "They get an email with your words and have the policy's days to correct it. Their price stays.",
    )
    return _decision_action(application, by, Verdict.RETURN, "Return", ReturnForm, lines, mail=RETURNED)


def action_to_deny(application: Application, by: Trainer) -> Action:
    lines = ("They get an email with your words. What they claimed is free again.",)
    return _decision_action(application, by, Verdict.DENY, "Deny", DenyForm, lines, mail=DENIED)


def _decision_action(
    application: Application,
    by: Trainer,
    verdict: Verdict,
    verb: str,
    form: type[SeenForm],
    lines: Sequence[str],
    *,
    mail: str,
) -> Action:
    return decision_action(
        ROOM,
        application,
        by,
        verdict,
        title=f"{verb} the renewal of {application.trainer.name}",
        button=f"{verb} this renewal",
        said=lambda answers: {"words": answers.get("reason", "")},
        form=form,
        lines=lines,
        mail=mail,
        danger=verdict == Verdict.DENY,
    )


def action_to_approve_these(applications: Sequence[Application], by: Trainer) -> Action:
    """Return the action that approves those which pass every check, and leaves the others."""
    clear = [row.application for row in queue_rows(applications, by) if row.clear]

    def do(answers: Answers) -> str:
        done = sum(_approve_if_possible(application, by) for application in clear)
        left = len(applications) - done
        return f"{done} approved, {left} left as they were. You can undo each for a few minutes."

    return Action(
        title="Approve these renewals",
        button=f"Approve {len(clear)}" if clear else "",
        do=do,
        form=chosen_form(applications),
        lines=(
            f"This applies to {len(clear)} of {len(applications)}: those that wait for a decision, pass every check "
            "and are not your own.",
        ),
        rows=[f"{application.trainer.name}, {application.reference}" for application in clear],
        asks_first=True,
    )


def _approve_if_possible(application: Application, by: Trainer) -> bool:
    """Approve it, and return whether that was possible."""
    try:
        decide_case(ROOM, application, Verdict.APPROVE, by=by, said={})
    except Refusal:
        return False
    return True


def action_to_reopen(application: Application, by: Trainer) -> Action:
    against, form, newest = audit_not_passed(application), ReopenForm, last_entry(application)
    line = "The denial is taken back: the renewal is in review again, and somebody decides."
    expired = against is not None and against.state == against.State.EXPIRED
    if against:
        line = f"The audit {against.reference} is opened again with it, and its closing decides."
        form = ReopenAuditForm if expired else ReopenForm

    def do(answers: Answers) -> str:
        asked = {name: answers[name] for name in ("reason", "through") if name in answers}
        with ROOM.naming_who_was_first(application):
            services.propose_reopening(application, by=by, at=clock.now(), **asked)
        return WAITS

    return Action(
        title=f"Reopen the renewal of {application.trainer.name}",
        button="Propose to reopen it",
        do=do,
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=(line, TAKES_TWO),
        check=lambda answers: ROOM.check_nothing_new(newest, answers, by=by),
        next_url=lambda: ROOM.next_waiting(by),
    )


def action_to_audit(application: Application, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        audit = services.propose_audit_for_cause(application, by=by, at=clock.now(), cause=answers["cause"])
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
