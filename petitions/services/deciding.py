"""Decisions about a petition: pending for the policy's minutes, then released with record,
catalogue entry and mail in one transaction. Also the trainer's request for a second review of a
denial.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

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
from ceus.models import CeuRecord, Course, Provider, course_ceus_on
from ceus.services.catalogue import save_courses
from ceus.services.granting import check_can_grant, grant_record
from core.constraints import require_value
from core.errors import Refusal
from core.history import subject_of
from core.policy_words import fill_policy_words
from core.transitions import check_step, check_words
from outbox.notices import queue_notice
from petitions.fees import check_fee_kept, fee_went_back
from petitions.models import Decision, Petition, PetitionDocument
from petitions.models.petition import LONGEST_TEXT
from petitions.notice_codes import APPROVED, DENIED
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
    """Make a decision that is pending for the policy's minutes; its history keeps `note`. When its
    author makes the same pending decision again, it is returned.

    Without `hundredths` those asked for are granted. Raises Refusal, with the author, after another
    person's decision; for one's own petition or second review; without a reason or the fee.
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


def foreseen_approval(petition: Petition, *, by: Trainer, at: datetime) -> Decision:
    """Return the unsaved decision that approving as asked for would make, for whoever may decide now.

    Nothing is written. Raises Refusal for what would stop the approval or its release later: a completion that
    counts already. The fee is not asked for again.
    """
    agreed = petition.agreement
    check_can_grant(petition.credential, title=petition.title, completed_on=agreed.completed_on)
    granted = agreed.asked_hundredths
    return Decision(petition=petition, verdict=Verdict.APPROVE, hundredths=granted, by=by, decided_at=at)


def release_petition_decision(decision: Decision, *, at: datetime) -> Decision:
    """Release a pending decision with its record, catalogue entry and mail. Idempotent.

    Raises Refusal before it is due, when the completion already counts, and when the fee is not
    kept in full.
    """
    return release_decision(decision, lambda petition, one: _take_effect(petition, one, at=at), at=at)


def ask_another_look(petition: Petition, *, by: Trainer, at: datetime, why: str) -> Petition:
    """Submit a denied petition once more, for review by another person. Idempotent while that
    review is open.

    Raises Refusal for a second request, after the last day to ask (Q26), and when the fee is not
    kept in full.
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
    check_reason_code(Decision, reason_code)
    if verdict == Verdict.APPROVE:
        if not granted or not 0 < granted <= LARGEST:
            raise Refusal(
                fill_policy_words("Write the {units}, for example {usual}."), code="ceus", field="hundredths"
            )
        check_fee_kept(petition)
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
        check_fee_kept(petition)
        _list_course(petition, decision)
        petition.record = _grant_petitioned_record(petition, decision, at=at)
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


def _list_course(petition: Petition, decision: Decision) -> None:
    if decision.lists_course:
        decision.course = _ensure_listed_course(petition, decision)
        decision.save(update_fields=["course"])


def _grant_petitioned_record(petition: Petition, decision: Decision, *, at: datetime) -> CeuRecord:
    certificate = petition.evidence.current().get(part=PetitionDocument.Part.CERTIFICATE).document
    return grant_record(
        petition.credential,
        title=petition.title,
        category=petition.category,
        completed_on=petition.agreement.completed_on,
        hundredths=require_value(decision.hundredths),
        course=decision.course,
        certificate=certificate,
        by=decision.by,
        at=at,
    )


def _ensure_listed_course(petition: Petition, decision: Decision) -> Course | None:
    """Return the petition's course in the catalogue, created when missing and approved from the day
    of completion.

    Return None when the catalogue has the course with other CEUs or an ended approval, and when the
    provider was not approved then. The record counts without the catalogue.
    """
    day, hundredths = petition.agreement.completed_on, require_value(decision.hundredths)
    provider = Provider.objects.named(petition.provider_name).first()
    if provider is None:
        slug = _free_slug(Provider, petition.provider_name, 120)
        provider = Provider.objects.create(
            name=petition.provider_name, slug=slug, approved_from=day, link=petition.provider_link
        )
    if not provider.is_approved_on(day):
        return None  # a record of that course would not count on this day (Q10)
    alike = Course.objects.filter(provider=provider).titled(petition.title)
    course = next((one for one in alike.approved_on(day) if course_ceus_on(one, day) == hundredths), None)
    if course:
        return course
    if alike.filter(approved_from=day).exists():
        return None  # the catalogue lists a course once from a day; the record counts without the listing
    slug = _free_slug(Course, petition.title, 180)
    course = Course(
        provider=provider,
        title=petition.title,
        slug=slug,
        category=petition.category,
        hundredths=hundredths,
        format=Course.Format.IN_PERSON,
        approved_from=day,
    )
    topics = {slug: [petition.topic]} if petition.topic else {}
    return save_courses([course], topics=topics)[0]


def _free_slug(model: type[Course] | type[Provider], text: str, longest: int) -> str:
    slug = slugify(text)[: longest - 7] or "course"
    return f"{slug}-{secrets.token_hex(3)}" if model.objects.filter(slug=slug).exists() else slug
