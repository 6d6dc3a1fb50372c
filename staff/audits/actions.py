"""What staff may do to an audit, its documents and a draw period. Each action calls one service."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from audits import services
from audits.models import Audit, AuditItem, Decision, DrawPeriod
from core import clock
from core.constraints import require_value
from core.deadlines import clock_time
from core.errors import Refusal
from core.forms import PlainForm
from core.history import subject_of
from core.models import HistoryEntry
from core.templatetags.words import day
from rules.audit_clock import audit_due_on
from rules.days import add_days
from staff.actions import Action, Answers, check_nothing_new, first_review_url
from staff.audits import forms
from staff.audits.pages import audit_history, audit_review, effect_of_passing, newest_pk
from staff.forms import ReasonForm, SeenForm, ThroughForm
from staff.today import policy_today
from trainers.models import Trainer

QUEUE = "admin:audits_audit_changelist"
REPLACE_WITHIN = 14  # days offered for a replacement, when the present last day is nearer
Verdict = Decision.Verdict


def review_url(audit: Audit) -> str:
    """Return the address of the page on which an audit is reviewed."""
    return reverse("admin:audits_audit_review", args=[audit.pk])


def action_to_pass(audit: Audit, by: Trainer) -> Action:
    review = audit_review(audit, by, policy_today(audit.cycle.credential))
    lines = (effect_of_passing(review.standing), "You can undo it for a few minutes.")
    return _closing_action(audit, by, Verdict.PASS, "Close as passed", forms.PassForm, lines)


def action_to_fail(audit: Audit, by: Trainer) -> Action:
    lines = (
        "The renewal is denied with your words. The trainer may ask once for another look, and may apply again "
        "while renewal is open.",
        "You can undo it for a few minutes.",
    )
    return _closing_action(audit, by, Verdict.FAIL, "Close as not passed", forms.FailForm, lines)


def _closing_action(
    audit: Audit, by: Trainer, verdict: Verdict, title: str, form: type[PlainForm], lines: Sequence[str]
) -> Action:
    newest = audit_history(audit).first()

    def check(answers: Answers) -> None:
        check_nothing_new(
            newest, answers["seen"], by=by, what=lambda entry: "changed this audit", own_verb="decided"
        )

    def do(answers: Answers) -> str:
        decision = services.close_audit(audit, verdict=verdict, by=by, at=clock.now(), words=answers["words"])
        if decision.words != answers["words"].strip():
            raise Refusal("You have decided this already. Take that decision back first.", code="decided")
        until = clock_time(decision.effective_at, audit.cycle.credential.policy.time_zone)
        return f"{audit.reference} takes effect at {until}. Until then you can undo it."

    return Action(
        title=f"{title}: {audit.reference}",
        button=title,
        do=do,
        form=form,
        initial={"seen": newest.pk if newest else None},
        lines=lines,
        check=check,
        next_url=lambda: next_waiting(by),
        danger=verdict == Verdict.FAIL,
    )


def action_to_ask_replacements(audit: Audit, by: Trainer) -> Action:
    credential = audit.cycle.credential
    today = policy_today(credential)
    due_on = audit.due_on or audit_due_on(today, credential.policy.version_on(today).audit_days)
    names = [item.record.title for item in audit.items.filter(verdict=AuditItem.Verdict.REPLACE)]

    def do(answers: Answers) -> str:
        asked = services.ask_replacements(audit, by=by, at=clock.now(), **answers)
        return f"We asked {audit.trainer.name}. They have until the end of {day(asked.last_day)}."

    return Action(
        title=f"Ask for replacements in {audit.reference}",
        button="Ask for replacements",
        do=do,
        form=ThroughForm,
        initial={"through": max(due_on, add_days(today, REPLACE_WITHIN))},
        lines=(f"One mail goes out at once, about: {', '.join(names) or 'nothing yet'}.",),
        next_url=lambda: next_waiting(by),
    )


def action_to_extend(audit: Audit, by: Trainer) -> Action:
    asked = audit.extensions.filter(state="asked").first()
    lines = [f"The last day is {day(audit.due_on)} now."] if audit.due_on else []
    lines += [f"The trainer wrote: {asked.why}"] if asked else []

    def do(answers: Answers) -> str:
        extended = services.extend_audit(audit, by=by, at=clock.now(), **answers)
        return f"The last day is {day(require_value(extended.due_on))} now, and the trainer is told."

    return Action(
        title=f"More time for {audit.reference}",
        button="Give more time",
        do=do,
        form=forms.ExtendForm,
        lines=lines,
        next_url=lambda: review_url(audit),
    )


def action_to_refuse_time(audit: Audit, by: Trainer) -> Action:
    asked = audit.extensions.filter(state="asked").first()

    def do(answers: Answers) -> str:
        services.refuse_time(audit, by=by, at=clock.now(), **answers)
        return "The last day stays, and the trainer is told."

    return Action(
        title=f"No more time for {audit.reference}",
        button="Refuse more time",
        do=do,
        form=forms.DocumentWordsForm,
        lines=(f"The trainer wrote: {asked.why}",) if asked else (),
        next_url=lambda: review_url(audit),
    )


def action_to_agree(audit: Audit, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.agree_audit(audit, by=by, at=clock.now())
        return f"{audit.reference} opens once the renewal is paid, within minutes. The trainer is told then."

    asked_by = audit.asked_by.name if audit.asked_by else ""
    return Action(
        title=f"Agree to {audit.reference}",
        button="Agree to this audit",
        do=do,
        lines=(
            f"{asked_by} asked for it: {audit.cause}",
            "It opens once the renewal is paid. Then the trainer has the policy's days to send documents.",
        ),
        next_url=lambda: review_url(audit),
    )


def action_to_drop(audit: Audit, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.drop_proposal(audit, by=by, at=clock.now(), **answers)
        return "It is not opened. The trainer hears nothing of it."

    return Action(title=f"Drop {audit.reference}", button="Drop it", do=do, form=ReasonForm)


def action_to_take_back(decision: Decision, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.take_back_decision(decision, by=by, at=clock.now())
        return f"The decision about {decision.audit.reference} is taken back. No mail was sent."

    return Action(
        title=f"Undo the decision about {decision.audit.reference}",
        button="Take it back",
        do=do,
        lines=("The audit waits for a decision again. The trainer hears nothing of it.",),
        next_url=lambda: review_url(decision.audit),
    )


# --- its documents


def action_to_accept(item: AuditItem, by: Trainer) -> Action:
    return _verdict_action(item, by, AuditItem.Verdict.ACCEPTED, "Accept", SeenForm)


def action_to_replace(item: AuditItem, by: Trainer) -> Action:
    lines = ("No mail goes out yet: you ask for all replacements together.",)
    return _verdict_action(item, by, AuditItem.Verdict.REPLACE, "Replace", forms.DocumentWordsForm, lines)


def action_to_refuse(item: AuditItem, by: Trainer) -> Action:
    lines = ("The course does not count once the audit is closed. Until then you can still change it.",)
    return _verdict_action(item, by, AuditItem.Verdict.REFUSED, "Refuse", forms.DocumentWordsForm, lines)


def _verdict_action(
    item: AuditItem,
    by: Trainer,
    verdict: AuditItem.Verdict,
    verb: str,
    form: type[PlainForm],
    lines: Sequence[str] = (),
) -> Action:
    def do(answers: Answers) -> str:
        words = {"words": answers["words"]} if "words" in answers else {}
        services.judge_item(item, verdict=verdict, by=by, at=clock.now(), **words)
        return f"“{item.record.title}”: {verdict.label.lower()}."

    return Action(
        title=f"{verb} “{item.record.title}”",
        button=f"{verb} this document",
        do=do,
        form=form,
        initial={"words": item.words, "seen": newest_pk(item.audit)},
        lines=lines,
        check=lambda answers: _check_nothing_added(item.audit, answers.get("seen")),
        next_url=lambda: review_url(item.audit),
    )


def action_to_accept_rest(audit: Audit, by: Trainer) -> Action:
    """Return the action that accepts everything that has no verdict yet."""

    def do(answers: Answers) -> str:
        rest = list(audit.items.filter(verdict=AuditItem.Verdict.NONE))
        for item in rest:
            services.judge_item(item, verdict=AuditItem.Verdict.ACCEPTED, by=by, at=clock.now())
        return f"{len(rest)} accepted."

    return Action(
        title=f"Accept what is left in {audit.reference}",
        button="Accept these documents",
        do=do,
        form=SeenForm,
        initial={"seen": newest_pk(audit)},
        lines=("Every document that nothing was said about is accepted. You can still change each.",),
        check=lambda answers: _check_nothing_added(audit, answers["seen"]),
        next_url=lambda: review_url(audit),
    )


def action_to_suspect(item: AuditItem, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.suspect_item(item, by=by, at=clock.now(), **answers)
        return "A lead decides about this audit now. Nobody was mailed."

    return Action(
        title=f"“{item.record.title}” may be altered",
        button="Pass it to a lead",
        do=do,
        form=forms.SuspectForm,
        next_url=lambda: review_url(item.audit),
    )


def _check_nothing_added(audit: Audit, seen: int | None) -> None:
    """Raise Refusal when the trainer added something since the page was opened.

    Nobody accepts what they have not looked at.
    """
    by_trainer = HistoryEntry.objects.filter(subject=subject_of(audit), by=audit.trainer)
    if seen is not None and by_trainer.filter(pk__gt=seen).exists():
        raise Refusal("The trainer added something while you had this open. Look again.", code="changed")


def waiting_for(person: Trainer) -> "QuerySet[Audit]":
    """Return the audits that this person could decide, the oldest first.

    Without the person's own, and without second looks at the person's own decisions.
    """
    decided = Decision.objects.filter(audit=OuterRef("pk"), state=Decision.State.RELEASED, by=person)
    found = Audit.objects.waiting().exclude(cycle__credential__trainer=person).exclude(Exists(decided))
    if not person.has_perm("audits.lead_audit"):
        found = found.filter(for_lead=False)
    return found.order_by("sent_at", "pk")


def next_waiting(person: Trainer) -> str:
    """Return the review page of the audit that was sent first; the queue when none waits for this person."""
    return first_review_url(waiting_for(person), review="admin:audits_audit_review", queue=QUEUE)


def action_to_open_period(period: DrawPeriod, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        opened = services.open_period(period, by=by, at=clock.now(), **answers)
        return f"{opened.code} is open. Renewals that waited are drawn within minutes."

    named = period.public_value_name or "none was named"
    return Action(
        title=f"Open {period.code}",
        button="Open this period",
        do=do,
        form=forms.OpenPeriodForm,
        lines=(
            f"The value that was announced: {named}.",
            "It is mixed into every draw of the period, is shown to everybody, and cannot be changed afterwards.",
        ),
    )
