"""Decisions about a petition: pending for the policy's minutes, then released with record,
catalogue entry and mail in one transaction. Also the trainer's request for a second review of a
denied petition.
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
from core.errors import Refusal
from core.history import subject_of
from core.policy_words import fill_policy_words
from core.transitions import check_step, check_words
from outbox.notices import queue_notice
from petitions.fees import fee_went_back, lock_fee
from petitions.models import Decision, Petition
from petitions.models.petition import LONGEST_TEXT
from petitions.notice_codes import APPROVED, DENIED
from petitions.services.approving import check_approvable, check_no_like_approval, grant_approved
from petitions.services.moving import figures_for, move_petition
from petitions.services.questions import put_question
from petitions.services.sending import set_promised_day
from trainers.models import Trainer

State, Verdict = Petition.State, Decision.Verdict
LARGEST = 10_000  # hundredths
LEADS_TO: dict[str, tuple[str, str]] = {  # the state, and the participle of a refusal
    Verdict.APPROVE: (State.APPROVED, "decided"),
    Verdict.DENY: (State.DENIED, "decided"),
    Verdict.ASK: (State.QUESTION, "asked about"),
}
ITS_WORDS = {
    Verdict.ASK: "your question. The trainer will read it",
    Verdict.DENY: "the reason in words. The trainer will read them",
}
FEE_RETURNED = "We returned the fee, so we cannot look again. You can ask again with a new petition."


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
        if not granted or not 0 < granted <= LARGEST:
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
    return check_words(words, field="words", what=what, longest=LONGEST_TEXT)


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
