"""Decisions about a petition: pending for the policy's minutes, then released with record,
catalogue entry and mail in one transaction. Also the trainer's request for a second review of a
denied petition.

The conditions of an approval are checked by `check_approvable` alone: before the review page offers
one, when somebody decides, and when the decision takes effect.
"""

from datetime import datetime

from django.db import transaction

from cases.another_look import check_time_to_ask
from cases.decisions import (
    check_reason_code,
    make_pending,
    pending_decision,
    release_decision,
    require_second_look,
    same_decision,
)
from cases.locking import lock_case
from cases.reviewers import require_owner, require_reviewer
from ceus.described import format_choices
from ceus.models import CeuRecord, Course, Provider, course_ceus_on
from ceus.services.catalogue import list_course, list_provider
from ceus.services.granting import check_can_grant, grant_record
from core.constraints import require_value
from core.errors import Refusal
from core.history import subject_of
from core.policy_words import fill_policy_words
from core.transitions import check_step, check_words
from documents.models import Document
from hardship.acts import check_appeal
from outbox.notices import queue_notice
from petitions.described import describe_petition
from petitions.fees import check_fee_kept, fee_went_back, lock_fee
from petitions.models import Decision, Petition, PetitionDocument
from petitions.models.petition import LONGEST_TEXT
from petitions.notice_codes import APPROVED, DENIED
from petitions.services.moving import figures_for, move_petition
from petitions.services.questions import put_question
from petitions.services.sending import set_promised_day
from rules.units import LARGEST_OF_COURSE
from trainers.models import Trainer

State, Verdict = Petition.State, Decision.Verdict
LEADS_TO: dict[str, tuple[str, str]] = {  # the state, and the participle of a refusal
    Verdict.APPROVE: (State.APPROVED, "decided"),
    Verdict.DENY: (State.DENIED, "decided"),
    Verdict.ASK: (State.QUESTION, "asked about"),
}
ITS_WORDS = {Verdict.ASK: "your question", Verdict.DENY: "the reason in words"}
FEE_RETURNED = "We returned the fee, so we cannot look again. You can ask again with a new petition."
NO_CERTIFICATE = "Its certificate is not on file, so it cannot be approved. Ask for it."
LIKE_APPROVAL = (
    "{reference} is for the same event, and its approval is pending. One event counts once: take that approval "
    "back first, or decline this one."
)


def decide_petition(
    petition: Petition,
    *,
    verdict: str,
    by: Trainer,
    at: datetime,
    hundredths: int | None = None,
    reason_code: str = "",
    words: str = "",
    lists_course: bool = False,
    note: str = "",
) -> Decision:
    """Make a decision that is pending for the policy's minutes; its history keeps `note`. Its
    author's second call returns it. Without `hundredths` the CEUs asked for are granted.

    Raises Refusal when somebody else has decided, for one's own petition or decision, without a
    reason, while an approval of the same event is pending, and as `check_approvable`.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_reviewer(petition, by)
        before: Decision | None = pending_decision(petition)
        if before:
            return same_decision(before, verdict, by)
        check_step(petition, *LEADS_TO.get(verdict, (State.DENIED, "decided")))
        require_second_look(petition, by)
        approves = verdict == Verdict.APPROVE
        granted = (petition.asked_hundredths if hundredths is None else hundredths) if approves else None
        words = _checked(petition, verdict, granted, reason_code, words)
        decision = Decision(
            petition=petition,
            verdict=verdict,
            hundredths=granted,
            reason_code=reason_code,
            words=words,
            lists_course=lists_course and approves,
            by=by,
            decided_at=at,
        )
        return make_pending(decision, minutes=figures_for(petition, at).decision_hold_minutes, note=note)


def release_petition_decision(decision: Decision, *, at: datetime) -> Decision:
    """Release a pending decision with its record, catalogue entry and mail. Idempotent.

    Raises Refusal before it is due, when the completion is counted already, and when the fee is not
    kept in full.
    """
    return release_decision(decision, lambda petition, one: _take_effect(petition, one, at=at), at=at)


def ask_another_look(petition: Petition, *, by: Trainer, at: datetime, why: str) -> Petition:
    """Send a denied petition for a second review, by another person. Idempotent while that review
    is open.

    Raises Refusal when a second review was asked for before, after the last day to ask (Q26), and
    when the fee is not kept in full.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_owner(petition, by)
        if petition.another_look_at is not None:
            if petition.is_open:
                return petition
            raise Refusal("Somebody else has looked at it already. That decision is final.", code="twice")
        check_step(petition, State.SUBMITTED, "looked at again", only_from=State.DENIED)
        check_time_to_ask(petition, DENIED, at=at)
        check_appeal(petition, at=at)
        if fee_went_back(petition):
            raise Refusal(FEE_RETURNED, code="fee_went_back")
        petition.another_look_why = check_words(
            why, field="why", what="why we should look again", longest=LONGEST_TEXT
        )
        petition.another_look_at = at
        set_promised_day(petition, at=at)
        return move_petition(
            petition, State.SUBMITTED, "another look", by=by, at=at, reason=petition.another_look_why
        )


def _checked(petition: Petition, verdict: str, granted: int | None, reason_code: str, words: str) -> str:
    if verdict not in Verdict.values:
        raise Refusal("Choose a decision.", code="verdict", field="verdict")
    check_reason_code(Decision.Reason, reason_code)
    if verdict == Verdict.APPROVE:
        if not granted or not 0 < granted <= LARGEST_OF_COURSE:
            raise Refusal(
                fill_policy_words("Write the {units}, for example {usual}."), code="ceus", field="hundredths"
            )
        lock_fee(petition)
        check_approvable(petition)
        check_no_like_approval(petition)
        if granted == petition.asked_hundredths:
            return words.strip()
    if not reason_code and verdict != Verdict.ASK:
        raise Refusal("Choose a reason.", code="reason", field="reason_code")
    what = ITS_WORDS.get(Verdict(verdict), ITS_WORDS[Verdict.DENY])
    return check_words(words, field="words", what=what, longest=LONGEST_TEXT, mailed=True)


def _take_effect(petition: Petition, decision: Decision, *, at: datetime) -> None:
    if decision.verdict == Verdict.ASK:
        put_question(petition, by=decision.by, at=at, text=decision.words)
        return
    approves = decision.verdict == Verdict.APPROVE
    detail = {"decision": decision.pk, "hundredths": decision.hundredths, "reason_code": decision.reason_code}
    if approves:
        grant_approved(petition, decision, at=at)
    state, verb = (State.APPROVED, "approved") if approves else (State.DENIED, "denied")
    move_petition(petition, state, verb, by=decision.by, at=at, reason=decision.words, detail=detail)
    queue_notice(
        APPROVED if approves else DENIED,
        subject=subject_of(petition),
        event=f"decision:{decision.pk}",
        trainer=petition.trainer,
        send_at=at,
        payload={"decision": decision.pk},
    )


def check_approvable(petition: Petition, *, fee_is_kept: bool = False) -> Document:
    """Return the certificate that an approval rests on. Reads only, without a lock.

    Raises Refusal for whatever would prevent an approval now: the petition's state, a fee that is
    not kept in full, a missing certificate, a completion that is counted already. `fee_is_kept`:
    the caller has just checked the fee.
    """
    check_step(petition, Petition.State.APPROVED, "decided")
    if not fee_is_kept:
        check_fee_kept(petition)
    check_can_grant(petition.credential, title=petition.title, completed_on=petition.agreement.completed_on)
    current = [one for one in petition.evidence.all() if one.replaced_at is None]  # prefetched or not
    proof = next((one for one in current if one.part == PetitionDocument.Part.CERTIFICATE), None)
    if proof is None:
        raise Refusal(NO_CERTIFICATE, code="no_certificate")
    return proof.document


def check_no_like_approval(petition: Petition) -> None:
    """Raise Refusal, with its reference, while an approval of another petition for this event is pending.

    One event counts once, so the second of the two could not take effect. Reads only, without a lock;
    a release does not ask, because it is the first of them.
    """
    alike = Decision.objects.pending().filter(
        verdict=Decision.Verdict.APPROVE,
        petition__credential=petition.credential_id,
        petition__folded_title=petition.folded_title,
        petition__completed_on=petition.completed_on,
    )
    first = alike.exclude(petition=petition).select_related("petition").first()
    if first:
        raise Refusal(LIKE_APPROVAL.format(reference=first.petition.reference), code="approved_beside")


def foreseen_approval(petition: Petition, *, by: Trainer, at: datetime) -> Decision:
    """Return, unsaved, the decision that grants what the petition asks for, for whoever may decide
    now.

    Nothing is written. Raises Refusal for whatever would prevent the approval now. The caller has
    checked that the fee is kept.
    """
    check_approvable(petition, fee_is_kept=True)
    check_no_like_approval(petition)
    granted = petition.agreement.asked_hundredths
    return Decision(
        petition=petition, verdict=Decision.Verdict.APPROVE, hundredths=granted, by=by, decided_at=at
    )


def grant_approved(petition: Petition, decision: Decision, *, at: datetime) -> None:
    """Create the record that an approval grants, and the course in the catalogue when the decision
    lists it there. The caller saves the petition.

    Raises Refusal for whatever prevents the approval now.
    """
    lock_fee(petition)
    certificate = check_approvable(petition)
    if decision.lists_course:
        decision.course = _ensure_listed_course(petition, decision, at=at)
        decision.save(update_fields=["course"])
    petition.record = _grant_petitioned_record(petition, decision, certificate, at=at)


def _grant_petitioned_record(
    petition: Petition, decision: Decision, certificate: Document, *, at: datetime
) -> CeuRecord:
    return grant_record(
        petition.credential,
        title=petition.title,
        category=petition.category,
        completed_on=petition.agreement.completed_on,
        hundredths=require_value(decision.hundredths),
        course=decision.course,
        described=describe_petition(petition),
        certificate=certificate,
        reported_at=require_value(petition.received_at),
        by=decision.by,
        at=at,
    )


def _ensure_listed_course(petition: Petition, decision: Decision, *, at: datetime) -> Course | None:
    """Return the petition's course in the catalogue; when it is missing, create it, approved from
    the day of completion.

    Return None when the catalogue has the course with other CEUs or with an approval that has
    ended, and when the provider was not approved on that day. The record counts all the same.
    """
    day, hundredths = petition.agreement.completed_on, require_value(decision.hundredths)
    why = f"Petition {petition.reference}"
    provider = Provider.objects.named(petition.provider_name).first()
    if provider is None:
        provider = Provider(name=petition.provider_name, approved_from=day, link=petition.provider_link)
        provider = list_provider(provider, by=decision.by, at=at, reason=why)
    if not provider.is_approved_on(day):
        return None  # a record of that course would not count on this day (Q10)
    alike = Course.objects.filter(provider=provider).titled(petition.title)
    course = next((one for one in alike.approved_on(day) if course_ceus_on(one, day) == hundredths), None)
    if course:
        return course
    if alike.filter(approved_from=day).exists():
        return None  # the catalogue lists a course once from a day; the record counts without the listing
    topics = [petition.topic] if petition.topic else []
    course = Course(
        provider=provider,
        title=petition.title,
        category=petition.category,
        hundredths=hundredths,
        format=petition.format or format_choices()[0][0],
        approved_from=day,
    )
    return list_course(course, topics=topics, by=decision.by, at=at, reason=why)
