"""How staff decide about renewals: the acts, each by one service, and what is told when somebody else was faster."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core import clock
from core.errors import Refusal
from core.history import subject_of
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
from staff.actions import Act
from staff.decisions import too_late
from staff.renewals.forms import CauseForm, DecisionForm, DenyForm, ReopenAuditForm, ReopenForm, ReturnForm
from trainers.models import Trainer

QUEUE = "admin:renewals_application_waiting"
State = Application.State


def approve(request: HttpRequest, application: Application) -> Act:
    period = application.cycle
    lines = (
        f"They are certified through {day(period.expires_on)} now. The next cycle opens, and we email them.",
        "An approval is final.",
    )
    words = ("Approve", "approved")
    return _decision(request, application, words, approve_application, form=DecisionForm, lines=lines)


def send_back(request: HttpRequest, application: Application) -> Act:
    lines = (
        "They get an email with your words and have the policy's days to correct it. Their price stays.",
    )
    words = ("Return", "returned")
    return _decision(request, application, words, return_application, form=ReturnForm, lines=lines)


def deny(request: HttpRequest, application: Application) -> Act:
    lines = ("They get an email with your words. What they claimed is free again.",)
    words = ("Deny", "denied")
    return _decision(request, application, words, deny_application, form=DenyForm, lines=lines, danger=True)


def reopen(request: HttpRequest, application: Application) -> Act:
    words, form = ("Reopen", "reopened"), ReopenForm
    against = closed_against(application)
    line = "The denial is taken back: the renewal is in review again, and somebody decides."
    if against:
        line = f"The audit {against.reference} is opened again with it, and its closing decides."
        form = ReopenAuditForm if against.state == against.State.EXPIRED else ReopenForm
    return _decision(request, application, words, reopen_application, form=form, lines=(line,))


def audit_for_cause(request: HttpRequest, application: Application) -> Act:
    def do(answers: dict[str, Any]) -> str:
        audit = services.propose_audit(application, by=request.user, at=clock.now(), cause=answers["cause"])
        return f"{audit.reference} waits for another lead. The trainer hears nothing of it until then."

    return Act(
        title=f"Audit {application.trainer.name} for cause",
        button="Ask for this audit",
        do=do,
        form=CauseForm,
        lines=(
            "This is no part of the random draw. Another lead must agree, and the renewal waits meanwhile.",
        ),
    )


def next_waiting(person: Trainer) -> str:
    """The review page of the renewal that has waited longest, one's own left out; the empty queue when none waits."""
    waiting = Application.objects.waiting().exclude(trainer=person)
    oldest = waiting.order_by("received_at", "pk").values_list("pk", flat=True).first()
    return reverse("admin:renewals_application_review", args=[oldest]) if oldest else reverse(QUEUE)


def last_entry(application: Application) -> HistoryEntry | None:
    entries = HistoryEntry.objects.filter(subject=subject_of(application)).select_related("by")
    return entries.order_by("-pk").first()


def _decision(
    request: HttpRequest,
    application: Application,
    words: tuple[str, str],
    service: Callable[..., Application],
    *,
    form: type[DecisionForm],
    lines: tuple[str, ...],
    danger: bool = False,
) -> Act:
    verb, done = words
    newest = last_entry(application)

    def do(answers: dict[str, Any]) -> str:
        if newest and answers["seen"] != newest.pk:
            raise _too_late(newest)
        said = {name: answers[name] for name in ("reason", "through") if name in answers}
        decide(application, service, by=request.user, **said)
        return f"The renewal of {application.trainer.name} is {done}."

    return Act(
        title=f"{verb} the renewal of {application.trainer.name}",
        button=f"{verb} this renewal",
        do=do,
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=lines,
        then=lambda: next_waiting(request.user),
        danger=danger,
    )


def decide(
    application: Application, service: Callable[..., Application], *, by: Trainer, **said: Any
) -> Application:
    """Call `service`. Raises Refusal with who decided and when, if somebody else was a moment faster."""
    try:
        decided = service(application, by=by, at=clock.now(), **said)
    except Refusal as refusal:
        newest = last_entry(application)
        if refusal.code == "out_of_order" and newest:
            raise _too_late(newest) from None
        raise
    newest = last_entry(decided)
    if newest and newest.by_id != by.pk:
        raise _too_late(newest)
    return decided


def _too_late(entry: HistoryEntry) -> Refusal:
    return too_late(entry, f"{entry.verb} this renewal")
