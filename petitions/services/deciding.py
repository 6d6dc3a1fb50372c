"""A person's decision: held for the policy's minutes, taken back until then; and the trainer's wish for another look."""

from datetime import datetime, timedelta

from django.db import transaction

from cases.decisions import check_another_person, keep, same_or_refused
from core.history import record_history
from petitions.errors import PetitionRefusal
from petitions.fees import check_fee_kept, fee_went_back
from petitions.models import Decision, Petition
from petitions.services.locking import (
    check_owner,
    check_reviewer,
    check_step,
    check_words,
    hold,
    move,
    terms_of,
)
from petitions.services.releasing import stuck_because
from petitions.services.sending import promise
from trainers.models import Trainer

State, Verdict, Reason = Petition.State, Decision.Verdict, Decision.Reason
LARGEST = 10_000  # hundredths
LATE_CHANGE = "This decision has taken effect, so it cannot be taken back."
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
) -> Decision:
    """Hold a decision for the policy's minutes; `hundredths` are the CEUs granted, by default those asked for.

    The same person deciding the same again gets the decision that is held. Raises PetitionRefusal with the name of
    whoever was first, for one's own case, for a second look by the same person, for what lacks its reason, and for an
    approval whose fee went back.
    """
    with transaction.atomic():
        petition = hold(petition)
        check_reviewer(petition, by)
        before = petition.held_decision
        if before:
            return same_or_refused(before, verdict, by, PetitionRefusal)
        check_step(petition, State.APPROVED if verdict == Verdict.APPROVE else State.DENIED, "decided")
        check_another_person(petition, by, PetitionRefusal)
        approves = verdict == Verdict.APPROVE
        granted = (petition.asked_hundredths if hundredths is None else hundredths) if approves else None
        words = _checked(petition, verdict, granted, reason_code, words)
        held = {"verdict": verdict, "hundredths": granted, "reason_code": reason_code, "words": words}
        until = at + timedelta(minutes=terms_of(petition, at).decision_hold_minutes)
        lists_course = lists_course and approves
        decision = Decision(
            petition=petition, **held, lists_course=lists_course, by=by, decided_at=at, effective_at=until
        )
        keep(decision, petition, PetitionRefusal)
        record_history(
            decision, "decided", trainer=petition.trainer, by=by, at=at, change=("", decision.state)
        )
        return decision


def take_back_decision(decision: Decision, *, by: Trainer, at: datetime) -> Decision:
    """Undo it before it takes effect, or when it cannot take effect; taken back already → unchanged.

    Raises PetitionRefusal once it is in effect.
    """
    with transaction.atomic():
        petition = hold(decision.petition)
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        check_reviewer(petition, by)
        if decision.state == Decision.State.TAKEN_BACK:
            return decision
        over = at >= decision.effective_at and not stuck_because(decision, at=at)
        if decision.state == Decision.State.RELEASED or over:
            raise PetitionRefusal(LATE_CHANGE, code="too_late")
        if by.pk != decision.by_id and not by.has_perm("petitions.reopen_petition"):
            sentence = "Only the person who decided, or a lead, can take it back."
            raise PetitionRefusal(sentence, code="not_allowed")
        decision.state, decision.ended_at = Decision.State.TAKEN_BACK, at
        decision.save(update_fields=["state", "ended_at"])
        record_history(
            decision, "taken back", trainer=petition.trainer, by=by, at=at, change=("held", "taken_back")
        )
        return decision


def ask_another_look(petition: Petition, *, by: Trainer, at: datetime, why: str) -> Petition:
    """The trainer asks once that somebody else looks again at a denial; asked already and open → unchanged."""
    with transaction.atomic():
        petition = hold(petition)
        check_owner(petition, by)
        if petition.another_look_at is not None:
            if petition.is_open:
                return petition
            raise PetitionRefusal(
                "Somebody else has looked at it already. That decision is final.", code="twice"
            )
        check_step(petition, State.SUBMITTED, "looked at again")
        if fee_went_back(petition):
            raise PetitionRefusal(FEE_RETURNED, code="fee_went_back")
        petition.another_look_why = check_words(why, field="why", what="why we should look again")
        petition.another_look_at = at
        promise(petition, at=at)
        return move(petition, State.SUBMITTED, "another look", by=by, at=at, reason=petition.another_look_why)


def _checked(petition: Petition, verdict: str, granted: int | None, reason_code: str, words: str) -> str:
    if verdict not in Verdict.values:
        raise PetitionRefusal("Choose a decision.", code="verdict", field="verdict")
    if reason_code and reason_code not in Reason.values:
        raise PetitionRefusal("Choose a reason.", code="reason", field="reason_code")
    if verdict == Verdict.APPROVE:
        if not granted or not 0 < granted <= LARGEST:
            raise PetitionRefusal("Write the CEUs, for example 0.4.", code="ceus", field="hundredths")
        check_fee_kept(petition)
        if granted == petition.asked_hundredths:
            return words.strip()
    if not reason_code:
        raise PetitionRefusal("Choose a reason.", code="reason", field="reason_code")
    return check_words(words, field="words", what="the reason in words. The trainer will read them")
