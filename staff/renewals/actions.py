"""What staff may do to a renewal. Each action calls one service; whoever comes second reads who was first."""

from collections.abc import Callable, Sequence
from typing import Any

from core import clock
from core.models import HistoryEntry
from core.templatetags.words import day
from renewals import services
from renewals.models import Application
from renewals.services import (
    approve_application,
    deny_application,
    reopen_application,
    return_application,
)
from renewals.services.audited import closed_against
from staff.actions import (
    Action,
    Answers,
    check_nothing_new,
    first_review_url,
    naming_who_was_first,
    too_late,
)
from staff.forms import SeenForm
from staff.history import history_of
from staff.renewals.forms import CauseForm, DenyForm, ReopenAuditForm, ReopenForm, ReturnForm
from trainers.models import Trainer

QUEUE = "admin:renewals_application_waiting"
State = Application.State


def action_to_approve(application: Application, by: Trainer) -> Action:
    period = application.cycle
    lines = (
        f"They are certified through {day(period.expires_on)} now. The next cycle opens, and we email them.",
        "An approval is final.",
    )
    return _decision_action(application, by, ("Approve", "approved"), approve_application, lines=lines)


def action_to_return(application: Application, by: Trainer) -> Action:
    lines = (
        "They get an email with your words and have the policy's days to correct it. Their price stays.",
    )
    words = ("Return", "returned")
    return _decision_action(application, by, words, return_application, form=ReturnForm, lines=lines)


def action_to_deny(application: Application, by: Trainer) -> Action:
    lines = ("They get an email with your words. What they claimed is free again.",)
    words = ("Deny", "denied")
    return _decision_action(application, by, words, deny_application, form=DenyForm, lines=lines, danger=True)


def action_to_reopen(application: Application, by: Trainer) -> Action:
    words, form = ("Reopen", "reopened"), ReopenForm
    against = closed_against(application)
    line = "The denial is taken back: the renewal is in review again, and somebody decides."
    if against:
        line = f"The audit {against.reference} is opened again with it, and its closing decides."
        form = ReopenAuditForm if against.state == against.State.EXPIRED else ReopenForm
    return _decision_action(application, by, words, reopen_application, form=form, lines=(line,))


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
    """Return the review page of what has waited longest; the queue when nothing waits for this person."""
    waiting = Application.objects.waiting().exclude(trainer=person).order_by("received_at", "pk")
    return first_review_url(waiting, review="admin:renewals_application_review", queue=QUEUE)


def last_entry(application: Application) -> HistoryEntry | None:
    """Return the newest row of its history."""
    return history_of(application).first()


def _decision_action(
    application: Application,
    by: Trainer,
    words: tuple[str, str],
    service: Callable[..., Application],
    *,
    form: type[SeenForm] = SeenForm,
    lines: Sequence[str] = (),
    danger: bool = False,
) -> Action:
    verb, done = words
    newest = last_entry(application)

    def do(answers: Answers) -> str:
        asked = {name: answers[name] for name in ("reason", "through") if name in answers}
        decide_renewal(application, service, by=by, **asked)
        return f"The renewal of {application.trainer.name} is {done}."

    return Action(
        title=f"{verb} the renewal of {application.trainer.name}",
        button=f"{verb} this renewal",
        do=do,
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=lines,
        check=lambda answers: check_nothing_new(newest, answers["seen"], by=by, what=_what_was_done),
        next_url=lambda: next_waiting(by),
        danger=danger,
    )


def decide_renewal(
    application: Application, service: Callable[..., Application], *, by: Trainer, **answers: Any
) -> Application:
    """Call `service`. Raises Refusal with who decided, when somebody else was a moment faster."""
    with naming_who_was_first(lambda: last_entry(application), what=_what_was_done):
        decided = service(application, by=by, at=clock.now(), **answers)
    newest = last_entry(decided)
    if newest and newest.by_id != by.pk:  # the service found it done and changed nothing
        raise too_late(newest, _what_was_done)
    return decided


def _what_was_done(entry: HistoryEntry) -> str:
    return f"{entry.verb} this renewal"
