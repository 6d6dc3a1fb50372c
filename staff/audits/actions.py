"""How staff work on audits: each act by one service, and what is told when somebody else was faster."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from audits import services
from audits.models import Audit, AuditItem, Decision
from core import clock
from core.errors import Refusal
from core.forms import PlainForm
from core.history import subject_of
from core.models import HistoryEntry
from core.templatetags.words import day
from rules.audit_clock import audit_due_on
from rules.days import add_days
from staff.actions import Act
from staff.audits.forms import ExtendForm, FailForm, PassForm, ReasonForm, SuspectForm, ThroughForm, WordsForm
from staff.audits.pages import effect_of_passing, review_of
from staff.decisions import SeenForm, clock_time, too_late
from trainers.models import Trainer

QUEUE = "admin:audits_audit_changelist"
State = Audit.State
REPLACE_WITHIN = 14  # days offered for a replacement, when the last day that stands is nearer


def of_audit(name: str, audit: Audit) -> str:
    """The path of a staff page about one audit."""
    return reverse(f"admin:audits_audit_{name}", args=[audit.pk])


def pass_audit(request: HttpRequest, audit: Audit) -> Act:
    review = review_of(audit, request.user, _today(audit))
    lines = (effect_of_passing(review.standing), "You can undo it for a few minutes.")
    return _closing(request, audit, Decision.Verdict.PASS, "Close as passed", PassForm, lines)


def fail_audit(request: HttpRequest, audit: Audit) -> Act:
    lines = (
        "The renewal is denied with your words. The trainer may ask once for another look, and may apply again "
        "while renewal is open.",
        "You can undo it for a few minutes.",
    )
    return _closing(request, audit, Decision.Verdict.FAIL, "Close as not passed", FailForm, lines)


def ask_replacements(request: HttpRequest, audit: Audit) -> Act:
    today = _today(audit)
    due_on = audit.due_on or audit_due_on(today, audit.cycle.credential.policy.version_on(today).audit_days)
    offered = max(due_on, add_days(today, REPLACE_WITHIN))
    names = [item.record.title for item in audit.items.filter(verdict=AuditItem.Verdict.REPLACE)]

    def do(answers: dict[str, Any]) -> str:
        asked = services.ask_replacements(audit, by=request.user, at=clock.now(), **answers)
        return f"We asked {audit.trainer.name}. They have until the end of {day(asked.last_day)}."

    return Act(
        title=f"Ask for replacements in {audit.reference}",
        button="Ask for replacements",
        do=do,
        form=ThroughForm,
        initial={"through": offered},
        lines=(f"One mail goes out at once, about: {', '.join(names) or 'nothing yet'}.",),
        then=lambda: next_waiting(request.user),
    )


def extend(request: HttpRequest, audit: Audit) -> Act:
    asked = audit.extensions.filter(state="asked").first()
    lines = [f"The last day is {day(audit.due_on)} now."] if audit.due_on else []
    lines += [f"The trainer wrote: {asked.why}"] if asked else []

    def do(answers: dict[str, Any]) -> str:
        extended = services.extend_audit(audit, by=request.user, at=clock.now(), **answers)
        return f"The last day is {day(extended.due_on)} now, and the trainer is told."

    return Act(
        title=f"More time for {audit.reference}",
        button="Give more time",
        do=do,
        form=ExtendForm,
        lines=tuple(lines),
        then=lambda: of_audit("review", audit),
    )


def refuse_time(request: HttpRequest, audit: Audit) -> Act:
    asked = audit.extensions.filter(state="asked").first()

    def do(answers: dict[str, Any]) -> str:
        services.refuse_time(audit, by=request.user, at=clock.now(), **answers)
        return "The last day stays, and the trainer is told."

    return Act(
        title=f"No more time for {audit.reference}",
        button="Refuse more time",
        do=do,
        form=WordsForm,
        lines=(f"The trainer wrote: {asked.why}",) if asked else (),
        then=lambda: of_audit("review", audit),
    )


def agree(request: HttpRequest, audit: Audit) -> Act:
    def do(answers: dict[str, Any]) -> str:
        services.agree_audit(audit, by=request.user, at=clock.now())
        return f"{audit.reference} opens once the renewal is paid, within minutes. The trainer is told then."

    asked_by = audit.asked_by.name if audit.asked_by else ""
    return Act(
        title=f"Agree to {audit.reference}",
        button="Agree to this audit",
        do=do,
        lines=(
            f"{asked_by} asked for it: {audit.cause}",
            "It opens once the renewal is paid. Then the trainer has the policy's days to send documents.",
        ),
        then=lambda: of_audit("review", audit),
    )


def drop(request: HttpRequest, audit: Audit) -> Act:
    def do(answers: dict[str, Any]) -> str:
        services.drop_proposal(audit, by=request.user, at=clock.now(), **answers)
        return "It is not opened. The trainer hears nothing of it."

    return Act(title=f"Drop {audit.reference}", button="Drop it", do=do, form=ReasonForm)


def undo(request: HttpRequest, decision: Decision) -> Act:
    def do(answers: dict[str, Any]) -> str:
        services.take_back_decision(decision, by=request.user, at=clock.now())
        return f"The decision about {decision.audit.reference} is taken back. No mail was sent."

    return Act(
        title=f"Undo the decision about {decision.audit.reference}",
        button="Take it back",
        do=do,
        lines=("The audit waits for a decision again. The trainer hears nothing of it.",),
        then=lambda: of_audit("review", decision.audit),
    )


def accept_item(request: HttpRequest, item: AuditItem) -> Act:
    return _judging(request, item, AuditItem.Verdict.ACCEPTED, "Accept", SeenForm)


def accept_rest(request: HttpRequest, audit: Audit) -> Act:
    """Everything that has been read and not been said anything about."""

    def do(answers: dict[str, Any]) -> str:
        _check_nothing_new(audit, answers["seen"])
        rest = list(audit.items.filter(verdict=AuditItem.Verdict.NONE))
        for item in rest:
            services.judge_item(item, verdict=AuditItem.Verdict.ACCEPTED, by=request.user, at=clock.now())
        return f"{len(rest)} accepted."

    return Act(
        title=f"Accept what is left in {audit.reference}",
        button="Accept these documents",
        do=do,
        form=SeenForm,
        initial={"seen": newest_pk(audit)},
        lines=("Every document that nothing was said about is accepted. You can still change each.",),
        then=lambda: of_audit("review", audit),
    )


def replace_item(request: HttpRequest, item: AuditItem) -> Act:
    lines = ("No mail goes out yet: you ask for all replacements together.",)
    return _judging(request, item, AuditItem.Verdict.REPLACE, "Replace", WordsForm, lines)


def refuse_item(request: HttpRequest, item: AuditItem) -> Act:
    lines = ("The course does not count once the audit is closed. Until then you can still change it.",)
    return _judging(request, item, AuditItem.Verdict.REFUSED, "Refuse", WordsForm, lines)


def suspect_item(request: HttpRequest, item: AuditItem) -> Act:
    def do(answers: dict[str, Any]) -> str:
        services.suspect_item(item, by=request.user, at=clock.now(), **answers)
        return "A lead decides about this audit now. Nobody was mailed."

    return Act(
        title=f"“{item.record.title}” may be altered",
        button="Pass it to a lead",
        do=do,
        form=SuspectForm,
        then=lambda: of_audit("review", item.audit),
    )


def waiting_for(person: Trainer) -> "QuerySet[Audit]":
    """What this person could decide, what was sent first standing first: not their own, no second look at their own word."""
    decided = Decision.objects.filter(audit=OuterRef("pk"), state=Decision.State.RELEASED, by=person)
    found = Audit.objects.waiting().exclude(cycle__credential__trainer=person).exclude(Exists(decided))
    if not person.has_perm("audits.lead_audit"):
        found = found.filter(for_lead=False)
    return found.order_by("sent_at", "pk")


def next_waiting(person: Trainer) -> str:
    """The review page of what was sent first; the empty queue when nothing waits."""
    first = waiting_for(person).first()
    return of_audit("review", first) if first else reverse(QUEUE)


def entries_of(audit: Audit) -> "QuerySet[HistoryEntry]":
    """What happened to an audit and to the decisions about it, newest first."""
    subjects = [subject_of(audit), *map(subject_of, audit.decisions.all())]
    return HistoryEntry.objects.filter(Q(subject__in=subjects)).select_related("by").order_by("-pk")


def _judging(
    request: HttpRequest,
    item: AuditItem,
    verdict: str,
    verb: str,
    form: type[PlainForm],
    lines: tuple[str, ...] = (),
) -> Act:
    def do(answers: dict[str, Any]) -> str:
        _check_nothing_new(item.audit, answers.pop("seen", None))
        services.judge_item(item, verdict=verdict, by=request.user, at=clock.now(), **answers)
        return f"“{item.record.title}”: {AuditItem.Verdict(verdict).label.lower()}."

    return Act(
        title=f"{verb} “{item.record.title}”",
        button=f"{verb} this document",
        do=do,
        form=form,
        initial={"words": item.words, "seen": newest_pk(item.audit)},
        lines=lines,
        then=lambda: of_audit("review", item.audit),
    )


def _closing(
    request: HttpRequest,
    audit: Audit,
    verdict: str,
    title: str,
    form: type[PlainForm],
    lines: tuple[str, ...],
) -> Act:
    newest = entries_of(audit).first()

    def do(answers: dict[str, Any]) -> str:
        own_click = newest and newest.by_id == request.user.pk and newest.verb == "decided"
        if newest and newest.pk != answers["seen"] and not own_click:
            raise too_late(newest, "changed this audit")
        decision = services.close_audit(
            audit, verdict=verdict, by=request.user, at=clock.now(), words=answers["words"]
        )
        until = clock_time(decision.effective_at, audit.cycle.credential.policy.time_zone)
        return f"{audit.reference} takes effect at {until}. Until then you can undo it."

    return Act(
        title=f"{title}: {audit.reference}",
        button=title,
        do=do,
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=lines,
        then=lambda: next_waiting(request.user),
        danger=verdict == Decision.Verdict.FAIL,
    )


def newest_pk(audit: Audit) -> int | None:
    newest = entries_of(audit).first()
    return newest.pk if newest else None


def _check_nothing_new(audit: Audit, seen: int | None) -> None:
    """Nobody accepts what the trainer has put in the place of what was looked at."""
    by_trainer = HistoryEntry.objects.filter(subject=subject_of(audit), by=audit.trainer)
    if seen is not None and by_trainer.filter(pk__gt=seen).exists():
        raise Refusal("The trainer added something while you had this open. Look again.", code="changed")


def _today(audit: Audit) -> Any:
    return clock.today(audit.cycle.credential.policy.time_zone)
