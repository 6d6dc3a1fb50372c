"""What staff may do to an audit, its documents and a draw period. Each action calls one service."""

from django.db.models import QuerySet
from django.urls import reverse

from audits import services
from audits.models import Audit, AuditItem, Decision, DrawPeriod
from audits.notice_codes import MORE_TIME, NO_MORE_TIME, OPENED, REPLACE
from audits.services.deciding import check_closable
from audits.standing import day_to_replace
from core import clock
from core.constraints import require_value
from core.mail import Mail
from core.policy_words import fill_policy_words, in_policy_words, portal_holder
from core.templatetags.words import day
from renewals.models import Application
from renewals.services.approving import is_approved_by_passing, is_certain_to_count
from renewals.services.audited import DENIED_BY_AUDIT, RETURNED, SUSPENDED
from renewals.services.deciding import advance_audited_renewals
from staff.actions import Action, Answers, preview_notice
from staff.audits import forms
from staff.audits.pages import AuditReview, audit_review, unopened_words
from staff.decisions import DecisionRoom, decision_action, without_decided_by
from staff.forms import ReasonForm, ThroughForm
from staff.offers import Offer, make_offer
from staff.renewals.actions import mail_of_approval
from staff.today import policy_today
from trainers.models import Trainer

Verdict = Decision.Verdict
WHAT_FAILING_MEANS = {  # what our rules say about an audit that is not passed
    DENIED_BY_AUDIT: in_policy_words(
        "The renewal is denied with your words. The {holder} may ask once for another look, and may apply again "
        "while renewal is open."
    ),
    RETURNED: in_policy_words(
        "The renewal is returned with your words. The {holder} may correct it, and it is audited again then."
    ),
    SUSPENDED: in_policy_words(
        "The renewal is denied with your words, and the certification is suspended from today on. The {holder} may "
        "ask once for another look. A lead may reinstate the certification."
    ),
}


def waiting_for(person: Trainer) -> "QuerySet[Audit]":
    """Return the audits that this person could decide about, the oldest first.

    Their own are left out, and second reviews of their own decisions.
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
    decisions=Decision,
    told=lambda one: (
        f"{'Passed' if one.verdict == Verdict.PASS else 'Not passed'}: the audit of {one.audit.trainer.name}."
    ),
    done={},
    take_effect=lambda audit, at: advance_audited_renewals(audit, at=at),
)


def action_to_pass(audit: Audit, by: Trainer) -> Action:
    review = audit_review(audit, by, policy_today(audit.cycle.credential), {})
    return decision_action(
        ROOM,
        audit,
        by,
        Verdict.PASS,
        title=f"Pass {audit.reference}",
        button="Pass the audit",
        said=lambda answers: {"words": answers["words"]},
        form=forms.PassForm,
        lines=(review.effect,),
        doubts=lambda: unopened_words(audit, by),
    )


def offer_to_pass(
    audit: Audit, by: Trainer, review: AuditReview, renewal: Application | None, seen: int | None
) -> Offer | None:
    """Return the one-button offer to close the audit of `renewal` as passed, with the mail that it
    would send. `review` is what the page shows.

    Return None when only the action's preview can compute what passing the audit does to the
    renewal.
    """
    if not is_certain_to_count(audit, review.standing, review.beside):
        return None

    def foresee() -> Mail | None:
        check_closable(audit, Verdict.PASS, by, is_judged=review.is_judged)
        if renewal is None:
            return None
        renewal.cycle = audit.cycle  # read already
        approved = is_approved_by_passing(audit, renewal, at=clock.now())
        return mail_of_approval(renewal, review.standing) if approved else None

    return make_offer(
        button="Pass the audit",
        url=reverse(f"{ROOM.case}_pass", args=[audit.pk]),
        seen=seen,
        sent={},
        all_checks_pass=review.passes_all_checks,
        foresee=foresee,
        doubts=review.doubts,
    )


def action_to_fail(audit: Audit, by: Trainer) -> Action:
    return decision_action(
        ROOM,
        audit,
        by,
        Verdict.FAIL,
        title=f"Close {audit.reference} as not passed",
        button="Close as not passed",
        said=lambda answers: {"reason_code": answers["reason_code"], "words": answers["words"]},
        form=forms.FailForm,
        lines=(WHAT_FAILING_MEANS[_means_of_failing(audit)],),
        doubts=lambda: unopened_words(audit, by),
        danger=True,
    )


def _means_of_failing(audit: Audit) -> str:
    terms = audit.cycle.policy.version_on(audit.received_on).families.audit
    return terms.failing if terms and terms.failing in WHAT_FAILING_MEANS else DENIED_BY_AUDIT


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
    lines += [f"The {portal_holder().singular} wrote: {asked.why}"] if asked else []

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
        return fill_policy_words("The last day stays, and the {holder} is told.")

    return Action(
        title=f"No more time for {audit.reference}",
        button="Refuse more time",
        do=do,
        form=forms.NoTimeForm,
        lines=(f"The {portal_holder().singular} wrote: {asked.why}",) if asked else (),
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
        return f"{audit.reference} opens once the renewal is paid, within minutes. The {portal_holder().singular} is told then."

    asked_by = audit.asked_by.name if audit.asked_by else ""
    return Action(
        title=f"Agree to {audit.reference}",
        button="Agree to this audit",
        do=do,
        lines=(
            f"{asked_by} asked for it: {audit.cause}",
            fill_policy_words(
                "It opens once the renewal is paid. Then the {holder} has the policy's days to send documents."
            ),
        ),
        preview=lambda answers: preview_notice(open_as_agreed, kind=OPENED),
        next_url=lambda: ROOM.review_url(audit),
    )


def action_to_drop(audit: Audit, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.drop_proposal(audit, by=by, at=clock.now(), **answers)
        return fill_policy_words("It is not opened. The {holder} hears nothing of it.")

    return Action(title=f"Drop {audit.reference}", button="Drop it", do=do, form=ReasonForm)


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
