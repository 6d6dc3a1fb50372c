"""How staff decide about renewals: the acts, each by one service, and what is told when somebody else was faster."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core import clock
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from core.templatetags.words import day
from renewals import services
from renewals.models import Application, Decision
from renewals.services.audited import closed_against
from staff.actions import Act
from staff.decisions import clock_time, too_late
from staff.renewals.forms import CauseForm, DecisionForm, DenyForm, ReopenAuditForm, ReopenForm, ReturnForm
from trainers.models import Trainer

QUEUE = "admin:renewals_application_waiting"
State = Application.State


def approve(request: HttpRequest, application: Application) -> Act:
    period = application.cycle
    lines = (
        f"They are certified through {day(period.expires_on)} now. The next cycle opens, and we email them.",
    )
    words = ("Approve", "approved")
    return _decision(request, application, words, Decision.Verdict.APPROVE, form=DecisionForm, lines=lines)


def send_back(request: HttpRequest, application: Application) -> Act:
    lines = (
        "They get an email with your words and have the policy's days to correct it. Their price stays.",
    )
    words = ("Return", "returned")
    return _decision(request, application, words, Decision.Verdict.RETURN, form=ReturnForm, lines=lines)


def deny(request: HttpRequest, application: Application) -> Act:
    lines = ("They get an email with your words. What they claimed is free again.",)
    words = ("Deny", "denied")
    return _decision(
        request, application, words, Decision.Verdict.DENY, form=DenyForm, lines=lines, danger=True
    )


def reopen(request: HttpRequest, application: Application) -> Act:
    against, form = closed_against(application), ReopenForm
    line = "The denial is taken back: the renewal is in review again, and somebody decides."
    if against:
        line = f"The audit {against.reference} is opened again with it, and its closing decides."
        form = ReopenAuditForm if against.state == against.State.EXPIRED else ReopenForm
    newest = last_entry(application)

    def do(answers: dict[str, Any]) -> str:
        if newest and answers.pop("seen") != newest.pk:
            raise _too_late(newest)
        services.reopen_application(application, by=request.user, at=clock.now(), **answers)
        return f"The renewal of {application.trainer.name} is reopened."

    return Act(
        title=f"Reopen the renewal of {application.trainer.name}",
        button="Reopen this renewal",
        do=do,
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=(line,),
        then=lambda: next_waiting(request.user),
    )


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
    verdict: str,
    *,
    form: type[DecisionForm],
    lines: tuple[str, ...],
    danger: bool = False,
) -> Act:
    verb, _done = words
    newest = last_entry(application)

    def do(answers: dict[str, Any]) -> str:
        if newest and answers["seen"] != newest.pk:
            raise _too_late(newest)
        decision = decide(application, verdict, by=request.user, words=answers.get("reason", ""))
        until = clock_time(decision.effective_at, application.cycle.credential.policy.time_zone)
        return f"{application.reference} takes effect at {until}. Until then you can undo it."

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


def decide(application: Application, verdict: str, *, by: Trainer, words: str = "") -> Decision:
    """Call the service. Raises Refusal with who decided and when, if somebody else was a moment faster."""
    try:
        return services.decide_application(application, verdict=verdict, by=by, at=clock.now(), words=words)
    except Refusal as refusal:
        newest = last_entry(application)
        if refusal.code == "out_of_order" and newest:
            raise _too_late(newest) from None
        raise


def _too_late(entry: HistoryEntry) -> Refusal:
    return too_late(entry, f"{entry.verb} this renewal")
