"""What staff may do to an audit, its documents and a draw period. Each action calls one service."""

from collections.abc import Sequence

from django.db.models import QuerySet

from audits import services
from audits.models import Audit, AuditItem, Decision, DrawPeriod
from audits.notice_codes import MORE_TIME, NO_MORE_TIME, OPENED, REPLACE
from audits.standing import day_to_replace
from core import clock
from core.constraints import require_value
from core.errors import Refusal
from core.forms import PlainForm
from core.history import subject_of
from core.models import HistoryEntry
from core.templatetags.words import day
from renewals.services.deciding import conclude_audit
from staff.actions import Action, Answers, preview_notice
from staff.audits import forms
from staff.audits.pages import audit_review, effect_of_passing, newest_pk
from staff.decisions import DecisionRoom, decision_action, without_decided_by
from staff.forms import ReasonForm, SeenForm, ThroughForm
from staff.today import policy_today
from trainers.models import Trainer

Verdict = Decision.Verdict


def waiting_for(person: Trainer) -> "QuerySet[Audit]":
    """Return what this person could decide, the oldest first.

    Not their own, and no second look at what they decided.
    """
    others = Audit.objects.waiting().exclude(cycle__credential__trainer=person)
    found = without_decided_by(person, others, Decision)
    if not person.has_perm("audits.lead_audit"):
        found = found.filter(for_lead=False)
    return found.order_by("sent_at", "pk")


ROOM = DecisionRoom(
    noun="audit",
    case="admin:audits_audit",
    queue="admin:audits_audit_changelist",
    may_decide="audits.decide_audit",
    waiting=waiting_for,
    decide=services.close_audit,
    release=services.release_audit_decision,
    done={},
    take_effect=lambda audit, at: conclude_audit(audit, at=at),
)


def action_to_pass(audit: Audit, by: Trainer) -> Action:
    review = audit_review(audit, by, policy_today(audit.cycle.credential))
    lines = (effect_of_passing(review.standing),)
    return _closing_action(audit, by, Verdict.PASS, "Close as passed", forms.PassForm, lines)


def action_to_fail(audit: Audit, by: Trainer) -> Action:
    lines = (
        "The renewal is denied with your words. The trainer may ask once for another look, and may apply again "
        "while renewal is open.",
    )
    return _closing_action(audit, by, Verdict.FAIL, "Close as not passed", forms.FailForm, lines)


def _closing_action(
    audit: Audit, by: Trainer, verdict: Verdict, title: str, form: type[SeenForm], lines: Sequence[str]
) -> Action:
    return decision_action(
        ROOM,
        audit,
        by,
        verdict,
        title=f"{title}: {audit.reference}",
        button=title,
        said=lambda answers: {"words": answers["words"]},
        form=form,
        lines=lines,
        danger=verdict == Verdict.FAIL,
    )


def action_to_ask_replacements(audit: Audit, by: Trainer) -> Action:
    offered = day_to_replace(audit, policy_today(audit.cycle.credential))
    names = [item.record.title for item in audit.items.filter(verdict=AuditItem.Verdict.REPLACE)]

    def do(answers: Answers) -> str:
        asked = services.ask_replacements(audit, by=by, at=clock.now(), **answers)
        return f"We asked {audit.trainer.name}. They have until the end of {day(asked.last_day)}."

    return Action(
        title=f"Ask for replacements in {audit.reference}",
        button="Ask for replacements",
        do=do,
        form=ThroughForm,
        initial={"through": offered},
        lines=(f"One mail goes out at once, about: {', '.join(names) or 'nothing yet'}.",),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=REPLACE),
        next_url=lambda: ROOM.next_waiting(by),
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
        preview=lambda answers: preview_notice(lambda: do(answers), kind=MORE_TIME),
        next_url=lambda: ROOM.review_url(audit),
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
        preview=lambda answers: preview_notice(lambda: do(answers), kind=NO_MORE_TIME),
        next_url=lambda: ROOM.review_url(audit),
    )


def action_to_agree(audit: Audit, by: Trainer) -> Action:
    def open_as_agreed() -> None:
        at = clock.now()
        services.agree_audit(audit, by=by, at=at)
        services.open_audit_if_required(
            audit.cycle, renewal=audit.renewal, received_on=audit.received_on, at=at
        )

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
        preview=lambda answers: preview_notice(open_as_agreed, kind=OPENED),
        next_url=lambda: ROOM.review_url(audit),
    )


def action_to_drop(audit: Audit, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.drop_proposal(audit, by=by, at=clock.now(), **answers)
        return "It is not opened. The trainer hears nothing of it."

    return Action(title=f"Drop {audit.reference}", button="Drop it", do=do, form=ReasonForm)


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
        next_url=lambda: ROOM.review_url(item.audit),
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
        next_url=lambda: ROOM.review_url(audit),
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
        next_url=lambda: ROOM.review_url(item.audit),
    )


def _check_nothing_added(audit: Audit, seen: int | None) -> None:
    """Raise Refusal when the trainer added something since the page was opened.

    Nobody accepts what they have not looked at.
    """
    by_trainer = HistoryEntry.objects.filter(subject=subject_of(audit), by=audit.trainer)
    if seen is not None and by_trainer.filter(pk__gt=seen).exists():
        raise Refusal("The trainer added something while you had this open. Look again.", code="changed")


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
