"""What staff may do to a renewal. Each action calls one service."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from cases.listing import pending_until
from core import clock
from core.mail import Mail, render_mail
from core.policy_words import fill_policy_words, portal_holder
from outbox.notices import kind_of
from renewals import services
from renewals.models import Application, Decision
from renewals.notice_codes import DENIED, RENEWED, RETURNED
from renewals.notices import common_words, words_of_approval
from renewals.services.approving import check_approvable
from renewals.services.audited import audit_not_passed, latest_audit
from renewals.services.lower import lower_cycles
from renewals.services.moving import joined_with
from renewals.standing import approved_standing, claimed_standing, standing_without_a_way
from renewals.status import GivenStatus
from rules.answers import Standing
from rules.days import through_words
from staff.actions import Action, Answers
from staff.decisions import DecisionRoom, decide_case, decision_action, last_entry, newest_pk
from staff.desk.bulk import bulk_action, known_pairs, why_not_theirs
from staff.forms import SeenForm
from staff.offers import Offer, make_offer
from staff.renewals.forms import CauseForm, DenyForm, ReopenAuditForm, ReopenForm, return_form
from staff.renewals.pages import RenewalReview, queue_rows
from staff.two_people.actions import TAKES_TWO, WAITS
from trainers.models import Cycle, Trainer
from trainers.services.cycles import foreseen_next_cycle

Verdict = Decision.Verdict


def waiting_for(person: Trainer) -> "QuerySet[Application]":
    """Return the renewals that this person could decide about, the longest waiting first. Their own
    are left out.
    """
    return Application.objects.waiting().exclude(trainer=person).order_by("received_at", "pk")


ROOM = DecisionRoom(
    noun="renewal",
    case="admin:renewals_application",
    queue="admin:renewals_application_changelist",
    may_decide="renewals.decide_application",
    waiting=waiting_for,
    decide=services.decide_application,
    release=services.release_renewal_decision,
    decisions=Decision,
    told=lambda one: f"{one.get_verdict_display()}: the renewal of {one.application.trainer.name}.",
    done={
        verb: verb
        for verb in ("approved", "returned", "denied", "corrected", "reopened", "reversed", "lapsed")
    },
)


def audit_that_would_end(application: Application) -> list[str]:
    """Return the warning that a denial would end an open audit; empty when there is none."""
    audit = latest_audit(application)
    if audit is None or not audit.is_open:
        return []
    return [
        f"Its audit {audit.reference} is open. A denial ends that audit too, and nobody looks at its documents any more."
    ]


def action_to_approve(application: Application, by: Trainer) -> Action:
    path, through = application.cycle.status_path, application.cycle.expires_on
    now = GivenStatus(path, None).words if path else "certified"
    lines = (f"They are {now} {through_words(through)} now. The next cycle opens, and we email them.",)
    return _decision_action(application, by, Verdict.APPROVE, "Approve", SeenForm, lines, mail=RENEWED)


def action_to_return(application: Application, by: Trainer) -> Action:
    lines = (
        "They get an email with your words and have the policy's days to correct it. Their price stays.",
    )
    return _decision_action(
        application, by, Verdict.RETURN, "Return", return_form(application), lines, mail=RETURNED
    )


def action_to_deny(application: Application, by: Trainer) -> Action:
    lines = ("They get an email with your words. What they claimed is free again.",)
    ends = partial(audit_that_would_end, application)
    return _decision_action(application, by, Verdict.DENY, "Deny", DenyForm, lines, mail=DENIED, doubts=ends)


def offer_to_approve(application: Application, review: RenewalReview) -> Offer:
    """Return the one-button offer to approve, with the mail that it would send, out of the `review`
    that the page shows.
    """

    def foresee() -> Mail:
        standing = check_approvable(application, at=clock.now(), claimed=review.standing)
        return mail_of_approval(application, standing)

    return make_offer(
        button="Approve this renewal",
        url=reverse(f"{ROOM.case}_approve", args=[application.pk]),
        seen=newest_pk(application),
        sent={},
        all_checks_pass=review.passes_all_checks,
        foresee=foresee,
    )


def mail_of_approval(application: Application, standing: Standing) -> Mail:
    """Return the mail that approving this renewal by `standing` would send now. Nothing is written."""
    now = clock.now()
    following = _foreseen_cycle(application.cycle, standing, now)
    found = [(one.cycle, claimed_standing(one)) for one in joined_with(application)]
    for cycle in lower_cycles(application, through=following.expires_on):
        day = clock.date_of(application.submission.received_at, cycle.policy.time_zone)
        found.append((cycle, standing_without_a_way(cycle, day)))
    others = sorted(found, key=lambda one: one[0].credential_id)
    also = [_foreseen_cycle(cycle, standing, now) for cycle, standing in others]
    words = {**common_words(application), **words_of_approval(following, also)}
    return render_mail(kind_of(RENEWED).template, words)


def _foreseen_cycle(cycle: Cycle, standing: Standing, now: datetime) -> Cycle:
    return foreseen_next_cycle(cycle, approved_standing(cycle, standing, at=now))


def _stored_answers(answers: Answers) -> Answers:
    """Return the answers to store with the decision. Only a return keeps the record that it is about."""
    about = {"record": answers["record"]} if "record" in answers else {}
    return {name: answers.get(name, "") for name in ("reason_code", "words")} | about


def _decision_action(
    application: Application,
    by: Trainer,
    verdict: Verdict,
    verb: str,
    form: type[SeenForm],
    lines: Sequence[str],
    *,
    mail: str,
    doubts: Callable[[], Sequence[str]] = tuple,
) -> Action:
    return decision_action(
        ROOM,
        application,
        by,
        verdict,
        title=f"{verb} the renewal of {application.trainer.name}",
        button=f"{verb} this renewal",
        said=_stored_answers,
        form=form,
        lines=lines,
        doubts=doubts,
        mail=mail,
        danger=verdict == Verdict.DENY,
    )


def action_to_approve_these(applications: Sequence[Application], by: Trainer) -> Action:
    """Return the action that approves those of the applications that pass every check, and leaves
    the others.
    """
    known = known_pairs(applications)
    audited = set(
        Application.objects.audited().filter(pk__in=[one.pk for one in applications]).values_list("pk")
    )
    missing = {row.application.pk: row.missing for row in queue_rows(applications, by)}

    def why(application: Application, answers: Answers) -> str:
        if pending_until(application):
            return "is decided already"
        if (application.pk,) in audited:
            return "has an open audit"
        if application.is_open and application.state != Application.State.IN_REVIEW:
            return f"does not wait for us ({application.get_state_display().lower()})"
        if not application.cycle.credential.in_force:
            return "is of a certification that is not in force"
        if missing[application.pk]:
            return f"needs a look ({missing[application.pk].rstrip('.')})"
        return why_not_theirs(application, by, known)

    return bulk_action(
        applications,
        title="Approve these renewals",
        button="Approve",
        why=why,
        do_one=lambda application, answers: decide_case(ROOM, application, Verdict.APPROVE, by=by, said={}),
        done=lambda answers: "approved. You can undo each for a few minutes",
        lines=(fill_policy_words("Each {holder} gets the mail of an approval once it has taken effect."),),
    )


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
        return f"{audit.reference} waits for another lead. The {portal_holder().singular} hears nothing of it until then."

    return Action(
        title=f"Audit {application.trainer.name} for cause",
        button="Ask for this audit",
        do=do,
        form=CauseForm,
        lines=(
            "This is no part of the random draw. Another lead must agree, and the renewal waits meanwhile.",
        ),
    )
